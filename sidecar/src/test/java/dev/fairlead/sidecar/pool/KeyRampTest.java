package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After the rest of one key calls return to it one by one, and to nothing else. */
class KeyRampTest {
    private final List<Asked> granted = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"KEY", "KEY_MODEL"})
    void five_hundred_that_wait_for_one_key_do_not_run_all_at_once(Scope scope) {
        var driver = driver("a/1");
        limit(driver, driver.ask().lease, scope);
        for (int i = 0; i < 500; i++) {
            ask(driver, PoolDriver.MODEL, 29_000);
        }
        passTheRest(driver);
        assertThat(granted).hasSize(1);
        assertThat(recovering(driver)).isTrue();
        answer(driver);
        driver.pass(60);
        assertThat(granted).as("two more follow one that was taken").hasSizeBetween(1, 3);

        for (int i = 0; i < 200 && granted.size() < 500; i++) {
            answer(driver);
            driver.pass(10);
        }
        assertThat(granted).as("then all, and soon").hasSize(500);
        answer(driver);
        assertThat(recovering(driver)).isFalse();
    }

    @Test
    void a_call_that_hangs_after_the_rest_holds_nobody_up_for_more_than_a_second() {
        var driver = driver("a/1");
        limit(driver, driver.ask().lease, Scope.KEY_MODEL);
        ask(driver, PoolDriver.MODEL, 20_000);
        ask(driver, PoolDriver.MODEL, 20_000);
        driver.pass(1_900);
        assertThat(granted).hasSize(1);
        driver.pass(300);
        assertThat(granted).hasSize(2);
    }

    @Test
    void another_rejection_begins_the_way_back_anew() {
        var driver = driver("a/1");
        limit(driver, driver.ask().lease, Scope.KEY_MODEL);
        for (int i = 0; i < 300; i++) {
            ask(driver, PoolDriver.MODEL, 29_000);
        }
        for (int i = 0; i < 500 && granted.size() < 10; i++) {
            driver.pass(10);
            answer(driver);
        }
        assertThat(granted).hasSizeBetween(10, 30);
        limit(driver, granted.get(0).lease, Scope.KEY_MODEL);
        granted.clear();
        passTheRest(driver);
        assertThat(granted).hasSize(1);
    }

    @Test
    void neither_a_sibling_key_nor_another_model_waits_for_it() {
        var driver = driver("a/1", "a/2");
        var first = driver.ask().lease;
        limit(driver, first, Scope.KEY_MODEL);
        driver.pass(2_000);
        ask(driver, PoolDriver.MODEL, 20_000);
        for (int i = 0; i < 50; i++) {
            ask(driver, PoolDriver.MODEL, 20_000);
            ask(driver, "another", 20_000);
        }
        assertThat(granted).hasSize(101);
        assertThat(granted)
                .filteredOn(asked -> asked.lease.model().equals(PoolDriver.MODEL))
                .filteredOn(asked -> asked.lease.keyName().equals(first.keyName()))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** Until 50 ms after the first call. */
    private void passTheRest(PoolDriver driver) {
        driver.pass(1_000);
        for (int i = 0; i < 2_000 && granted.isEmpty(); i++) {
            driver.pass(1);
        }
        driver.pass(50);
    }

    private static boolean recovering(PoolDriver driver) {
        return driver.view().keys().get(0).models().get(0).recovering();
    }

    private static PoolDriver driver(String... keys) {
        return new PoolDriver(PoolDriver.config(new WaitConfig(30_000, 1_000, 1 << 20), "Headroom", keys));
    }

    private void ask(PoolDriver driver, String model, long forMs) {
        var asked = new Asked(driver, model, 1);
        asked.heard = () -> granted.add(asked);
        driver.pool.lease(asked.request.until(driver.now + forMs), driver.now);
    }

    private void answer(PoolDriver driver) {
        List.copyOf(granted).forEach(asked -> driver.pool.accepted(asked.lease, LimitSnapshot.NOTHING, driver.now));
    }

    private static void limit(PoolDriver driver, Lease lease, Scope scope) {
        var verdict = new Verdict(FailureClass.RATE_LIMIT, scope, OptionalLong.of(1_000), Set.of(), "test");
        driver.pool.settle(lease, new Outcome.Failed(verdict), Spent.NOTHING, driver.now);
    }
}
