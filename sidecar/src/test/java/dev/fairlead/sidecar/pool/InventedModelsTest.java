package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Clients choose names of models where a route takes any, and a provider tells each of them to wait for an hour: what the pool
 * remembers of them is bounded, and is not remembered instead of what is known of models that are in use.
 */
class InventedModelsTest {
    private static final int HOUR_MS = 3_600_000;
    private static final int MOST = 512;
    private static final int MOST_STRANGERS = MOST / 4;

    private final PoolDriver driver = PoolDriver.of("a", "b");

    private static int models(PoolDriver driver) {
        return driver.view().keys().get(0).models().size();
    }

    private static void limited(PoolDriver driver, String model) {
        driver.fail(driver.ask(model).lease, FailureClass.RATE_LIMIT, HOUR_MS);
    }

    private static void invented(PoolDriver driver, int names) {
        for (int i = 0; i < names; i++) {
            limited(driver, "invented-" + i);
            driver.pass(1);
        }
    }

    @Test
    void names_that_no_call_was_served_with_are_remembered_up_to_a_bound() {
        invented(driver, 5_000);
        assertThat(models(driver)).isEqualTo(MOST_STRANGERS);
    }

    @Test
    void a_model_that_was_served_keeps_its_rest_and_its_ways_whatever_names_come_after_it() {
        driver.serve(driver.ask("used").lease);
        driver.serve(driver.ask("rests").lease);
        limited(driver, "rests");
        limited(driver, "rests");
        invented(driver, 5_000);

        assertThat(driver.ask("rests").refusal.availableInMs()).isGreaterThan(HOUR_MS - 10_000);
        assertThat(driver.view().keys().get(0).models())
                .extracting(PoolView.ModelView::model)
                .contains("used");
    }

    @Test
    void the_shortest_rests_are_forgotten_first() {
        driver.fail(driver.ask("long").lease, FailureClass.RATE_LIMIT, HOUR_MS);
        for (int i = 0; i < 1_000; i++) {
            driver.fail(driver.ask("short-" + i).lease, FailureClass.RATE_LIMIT, 60_000);
        }
        assertThat(driver.view().keys().stream().flatMap(key -> key.models().stream()))
                .anyMatch(model -> model.model().equals("long") && model.availableInMs() > HOUR_MS / 2);
    }

    @Test
    void models_that_are_served_make_room_for_each_other() {
        for (int i = 0; i < 2 * MOST; i++) {
            driver.serve(driver.ask("real-" + i).lease);
            limited(driver, "real-" + i);
            driver.pass(1);
        }
        assertThat(models(driver)).isEqualTo(MOST);
    }

    @Test
    void who_waits_or_is_on_its_way_is_never_forgotten_and_is_bounded_again_afterwards() {
        var leases = new ArrayList<Lease>();
        for (int i = 0; i < 1_000; i++) {
            leases.add(driver.ask("model-" + i).lease);
        }
        driver.fail(driver.ask("waits").lease, FailureClass.RATE_LIMIT, 20_000);
        driver.fail(driver.ask("waits").lease, FailureClass.RATE_LIMIT, 20_000);
        var waits = new PoolDriver.Asked(driver, "waits", 1);
        driver.pool.lease(waits.request.until(driver.now + 30_000), driver.now);
        assertThat(models(driver)).isEqualTo(1_001);
        leases.forEach(lease -> driver.fail(lease, FailureClass.RATE_LIMIT, HOUR_MS));
        assertThat(models(driver)).isEqualTo(MOST);
        invented(driver, 1_000);
        assertThat(models(driver)).isEqualTo(MOST_STRANGERS + 1);
        assertThat(waits.pending()).isTrue();

        driver.pass(30_000);
        assertThat(waits.lease).isNotNull();
        assertThat(driver.view().waiting()).isZero();
    }

    @Test
    void names_that_other_processes_speak_of_take_no_place_of_one_that_this_one_knows() {
        invented(driver, 100);
        var rests = IntStream.range(0, 1_000)
                .mapToObj(i -> new Rest("a", null, "told-" + i, HOUR_MS, "rate_limit"))
                .toList();
        driver.pool.apply(new PoolAnswer("ns/pool", List.of(), rests, List.of()), driver.now);

        assertThat(models(driver)).isEqualTo(MOST_STRANGERS);
        assertThat(driver.view().keys().get(0).models())
                .extracting(PoolView.ModelView::model)
                .contains("invented-0", "invented-99", "told-0")
                .doesNotContain("told-999");
    }

    @Test
    void with_more_accounts_fewer_models_are_remembered() {
        invented(driver, 100);
        var accounts = IntStream.range(0, 1_000).mapToObj(i -> i == 0 ? "a" : "account-" + i);
        driver.pool.configure(
                PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", accounts.toArray(String[]::new)),
                driver.now);
        assertThat(models(driver)).isEqualTo(8);
    }

    @Test
    void a_thousand_accounts_and_names_that_nobody_knows_fit_into_a_small_heap() {
        var names = IntStream.range(0, 1_000).mapToObj(i -> "account-" + i).toArray(String[]::new);
        var many = PoolDriver.of(names);
        invented(many, 1);
        long before = used();
        for (int i = 0; i < 300; i++) {
            var lease = many.ask("name-" + i).lease;
            many.fail(lease, FailureClass.RATE_LIMIT, HOUR_MS);
            many.pass(10);
            if (i % 100 == 0) {
                System.gc(); // A small heap is collected often.
            }
        }
        long mib = (used() - before) >> 20;
        System.out.println("300 invented names at 1,000 accounts: " + mib + " MiB");
        assertThat(models(many)).isEqualTo(8);
        assertThat(mib).isLessThan(16);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
