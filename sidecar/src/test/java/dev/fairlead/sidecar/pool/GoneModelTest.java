package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.pool.LeaseRefusal.Kind;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model that the provider has withdrawn rests at all accounts, unless others go on being served with it; and no other does. */
class GoneModelTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long JITTER_MS = HOUR_MS / 10;

    private final PoolDriver driver = PoolDriver.of("a", "b");

    private Asked ask(String model) {
        var asked = new Asked(driver, model, 1);
        driver.pool.lease(asked.request.until(driver.now + 20_000), driver.now);
        return asked;
    }

    private List<String> told() {
        return driver.pool.report(CoordinationConfig.Mode.LEASED, driver.now, 0).gone();
    }

    @Test
    void no_account_is_asked_for_it_again_and_each_for_others() {
        driver.fail(ask("old").lease, FailureClass.MODEL_GONE, -1);
        var refusal = ask("old").refusal;

        assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(refusal.cause()).isEqualTo(FailureClass.MODEL_GONE);
        assertThat(refusal.availableInMs()).isBetween(HOUR_MS, HOUR_MS + JITTER_MS);
        assertThat(ask("new").lease).isNotNull();
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available", "Available");
    }

    @Test
    void who_waits_for_it_hears_so_at_once() {
        var finds = ask("old");
        driver.fail(ask("old").lease, FailureClass.RATE_LIMIT, 5_000);
        driver.fail(ask("old").lease, FailureClass.RATE_LIMIT, 5_000);
        var waits = ask("old");
        assertThat(waits.pending()).isTrue();
        driver.fail(finds.lease, FailureClass.MODEL_GONE, -1);

        assertThat(waits.refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(waits.refusal.cause()).isEqualTo(FailureClass.MODEL_GONE);
    }

    @Test
    void what_one_account_is_told_is_its_own_affair_while_another_is_served() {
        var first = ask("old");
        var second = ask("old");
        driver.serve(second.lease);
        driver.pass(590_000);
        driver.fail(first.lease, FailureClass.MODEL_GONE, -1);

        for (int i = 0; i < 3; i++) {
            var next = ask("old").lease;
            assertThat(next.group()).isEqualTo(second.lease.group());
            driver.serve(next);
        }
        assertThat(told()).isEmpty();
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available", "Available");

        driver.fail(ask("old").lease, FailureClass.MODEL_GONE, -1);
        assertThat(ask("old").refusal.cause()).as("now both have said so").isEqualTo(FailureClass.MODEL_GONE);
        assertThat(told()).containsExactly("old");
    }

    @Test
    void who_was_served_long_ago_says_nothing_about_it() {
        var first = ask("old");
        driver.serve(ask("old").lease);
        driver.pass(600_000);
        driver.fail(first.lease, FailureClass.MODEL_GONE, -1);
        assertThat(ask("old").refusal.kind()).isEqualTo(Kind.UNUSABLE);
    }

    @Test
    void an_answer_that_another_account_gets_after_all_brings_it_back_there_at_once() {
        var first = ask("old");
        var second = ask("old");
        driver.fail(first.lease, FailureClass.MODEL_GONE, -1);
        assertThat(ask("old").refusal.kind()).isEqualTo(Kind.UNUSABLE);
        driver.serve(second.lease);

        assertThat(told()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(ask("old").lease.group()).isEqualTo(second.lease.group());
        }
    }

    @Test
    void a_provider_that_is_busy_when_it_is_tried_again_is_said_to_be_busy() {
        driver.fail(ask("old").lease, FailureClass.MODEL_GONE, -1);
        driver.pass(HOUR_MS + JITTER_MS);
        driver.fail(driver.ask("old").lease, FailureClass.OVERLOADED, 20_000);

        var refusal = driver.ask("old").refusal;
        assertThat(refusal.kind()).isEqualTo(Kind.PROVIDER_DOWN);
        assertThat(refusal.cause()).isEqualTo(FailureClass.OVERLOADED);
        assertThat(told()).as("nobody has seen it since").containsExactly("old");
    }

    @Test
    void one_call_tries_it_again_and_an_answer_brings_it_back() {
        driver.fail(ask("old").lease, FailureClass.MODEL_GONE, -1);
        assertThat(told()).containsExactly("old");
        driver.pass(HOUR_MS + JITTER_MS);
        assertThat(told()).as("until somebody has tried it").containsExactly("old");
        var tries = driver.ask("old");
        assertThat(tries.lease).isNotNull();
        assertThat(driver.ask("old").lease).as("alone").isNull();
        driver.fail(tries.lease, FailureClass.MODEL_GONE, -1);
        assertThat(ask("old").refusal.cause()).isEqualTo(FailureClass.MODEL_GONE);

        driver.pass(HOUR_MS + JITTER_MS);
        driver.serve(driver.ask("old").lease);
        assertThat(told()).isEmpty();
        driver.pass(1_000);
        assertThat(driver.ask("old").lease).isNotNull();
    }

    @Test
    void where_nobody_has_tried_it_for_long_nothing_is_told_of_it() {
        driver.fail(ask("old").lease, FailureClass.MODEL_GONE, -1);
        driver.pass(HOUR_MS + JITTER_MS + 600_000);
        assertThat(told()).isEmpty();
    }
}
