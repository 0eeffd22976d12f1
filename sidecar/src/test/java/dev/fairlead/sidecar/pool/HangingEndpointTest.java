package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An endpoint that takes calls and says nothing: neither an error nor a status line. */
class HangingEndpointTest {
    private final PoolDriver driver = PoolDriver.of("a", "b");

    @Test
    void a_probe_that_hangs_is_followed_by_another_after_ten_seconds() {
        opens();
        driver.pass(1_100);
        var hanging = driver.askUntil(driver.now + 60_000);
        var next = driver.askUntil(driver.now + 29_000);
        var third = driver.askUntil(driver.now + 29_000);
        assertThat(hanging.lease).isNotNull();
        driver.pass(9_900);
        assertThat(next.pending()).isTrue();
        driver.pass(200);
        assertThat(next.lease).as("the second probe").isNotNull();
        assertThat(third.pending()).as("one at a time").isTrue();

        driver.serve(next.lease);
        driver.pass(100);
        assertThat(third.lease).isNotNull();
    }

    @Test
    void a_hanging_probe_that_ends_says_nothing_about_the_one_after_it() {
        opens();
        driver.pass(1_100);
        var hanging = driver.ask();
        var second = driver.askUntil(driver.now + 29_000);
        driver.pass(10_100);
        assertThat(second.lease).isNotNull();
        var third = driver.askUntil(driver.now + 15_000);
        driver.pool.settle(hanging.lease, Outcome.ABANDONED, Spent.NOTHING, driver.now);
        assertThat(third.pending()).as("the second is still awaited").isTrue();
    }

    @Test
    void calls_that_are_given_up_while_a_probe_is_on_its_way_do_not_close_the_endpoint_again() {
        var old = ask(30);
        driver.pass(10_000);
        old.subList(0, 8).forEach(this::giveUp);
        assertThat(driver.ask().lease).isNull();
        driver.pass(1_100);
        var hanging = driver.askUntil(driver.now + 60_000);
        driver.pass(10_100);
        var second = driver.askUntil(driver.now + 29_000);
        assertThat(second.lease).isNotNull();
        giveUp(hanging);
        old.subList(8, 30).forEach(this::giveUp);

        driver.serve(second.lease);
        driver.pass(100);
        assertThat(driver.askUntil(driver.now + 1_000).lease)
                .as("the endpoint answers")
                .isNotNull();
    }

    @Test
    void where_answers_usually_take_long_a_probe_has_longer() {
        for (int i = 0; i < 30; i++) {
            var slow = driver.ask().lease;
            driver.pass(6_000);
            driver.serve(slow);
        }
        opens(40);
        driver.pass(1_100);
        assertThat(driver.ask().lease).isNotNull();
        var next = driver.askUntil(driver.now + 29_500);
        driver.pass(23_500);
        assertThat(next.pending()).isTrue();
        driver.pass(600);
        assertThat(next.lease).isNotNull();
    }

    @Test
    void the_longer_a_probe_hangs_the_later_others_are_told_to_come_back() {
        opens();
        driver.pass(1_100);
        assertThat(driver.ask().lease).isNotNull();
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(250);
        driver.pass(2_000);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(2_000);
        driver.pass(7_000);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(1_000);
    }

    @Test
    void calls_that_are_given_up_after_a_long_silence_open_the_breaker() {
        var hanging = ask(8);
        driver.pass(10_000);
        hanging.forEach(this::giveUp);

        assertThat(driver.ask().refusal.kind()).isEqualTo(LeaseRefusal.Kind.PROVIDER_DOWN);
    }

    @Test
    void calls_that_are_given_up_soon_say_nothing() {
        var impatient = ask(100);
        driver.pass(9_900);
        impatient.forEach(this::giveUp);

        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void a_slow_model_at_an_endpoint_that_answers_others_is_no_failure() {
        for (var answer : List.of(FailureClass.RATE_LIMIT, FailureClass.CALLER_FAULT)) {
            var hanging = ask(20);
            driver.pass(15_000);
            var other = new Asked(driver, "quick", 100);
            driver.pool.lease(other.request.now(), driver.now);
            driver.fail(other.lease, answer, 1_000);
            hanging.forEach(this::giveUp);

            assertThat(driver.ask().lease).as(answer.name()).isNotNull();
        }
    }

    @Test
    void a_status_line_of_one_excuses_all_that_were_on_their_way() {
        var hanging = ask(20);
        driver.pass(11_000);
        driver.pool.accepted(hanging.get(0).lease, LimitSnapshot.NOTHING, driver.now);
        driver.pass(5_000);
        hanging.forEach(this::giveUp);

        assertThat(driver.ask().lease).isNotNull();
    }

    private List<Asked> ask(int calls) {
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < calls; i++) {
            asked.add(driver.ask());
        }
        return asked;
    }

    private void giveUp(Asked asked) {
        driver.pool.settle(asked.lease, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
    }

    private void opens() {
        opens(8);
    }

    private void opens(int failures) {
        ask(failures).forEach(asked -> driver.fail(asked.lease, FailureClass.TRANSPORT, -1));
        assertThat(driver.ask().lease).isNull();
    }
}
