package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.LeaseRefusal.Kind;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call hears of keys that the provider refuses, alone and among others. */
class RefusedKeysTest {
    private static final long TRIED_AGAIN_MS = 60_000;
    private static final long SILENT_MS = 1_000;
    private static final long ALONE_MS = 60;

    /** Each account fails once, in whatever order it is asked. */
    private static void fail(PoolDriver driver, int accounts, FailureClass ofFirst, FailureClass ofOthers) {
        for (int i = 0; i < accounts; i++) {
            var lease = driver.ask().lease;
            boolean first = lease.group().equals("a");
            driver.fail(lease, first ? ofFirst : ofOthers, first ? -1 : 300_000);
        }
    }

    @Test
    void a_limit_tells_more_than_a_refused_key_that_is_tried_again_sooner() {
        var driver = PoolDriver.of("a", "b");
        fail(driver, 2, FailureClass.CREDENTIAL, FailureClass.RATE_LIMIT);
        var refusal = driver.askUntil(driver.now + 20_000).refusal;

        assertThat(refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(refusal.cause()).isEqualTo(FailureClass.RATE_LIMIT);
        assertThat(refusal.availableInMs()).isEqualTo(300_000);
    }

    @Test
    void one_limited_account_among_many_refused_ones_is_found() {
        var names = IntStream.range(0, 60).mapToObj(i -> "a" + i).toArray(String[]::new);
        var driver = PoolDriver.of(names);
        for (int i = 0; i < names.length; i++) {
            var lease = driver.ask().lease;
            boolean limited = lease.group().equals("a37");
            driver.fail(lease, limited ? FailureClass.RATE_LIMIT : FailureClass.CREDENTIAL, limited ? 300_000 : -1);
        }
        var refusal = driver.ask().refusal;

        assertThat(refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(refusal.availableInMs()).isEqualTo(300_000);
    }

    @Test
    void a_refused_key_of_a_limited_account_is_no_limited_key() {
        var driver = PoolDriver.of("acct/1", "acct/2");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        assertThat(driver.askUntil(driver.now + 20_000).lease).as("its sibling").isNotNull();
        driver = PoolDriver.of("a");
        var first = driver.ask().lease;
        var second = driver.ask().lease;
        driver.fail(first, FailureClass.RATE_LIMIT, 300_000);
        driver.fail(second, FailureClass.CREDENTIAL, -1);
        var refusal = driver.ask().refusal;

        assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(refusal.cause()).isEqualTo(FailureClass.CREDENTIAL);
        assertThat(refusal.availableInMs()).as("when both are over").isBetween(300_000L, 330_000L);
    }

    @Test
    void a_pool_whose_keys_are_all_refused_says_when_the_first_is_tried_again() {
        var driver = PoolDriver.of("a", "b");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(10_000);
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        var refusal = driver.askUntil(driver.now + 20_000).refusal;

        assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(refusal.cause()).isEqualTo(FailureClass.CREDENTIAL);
        assertThat(refusal.availableInMs()).isEqualTo(TRIED_AGAIN_MS - 10_000);
        assertThat(refusal.admittedInMs()).isEqualTo(TRIED_AGAIN_MS - 10_000);
    }

    @Test
    void one_call_waits_to_try_a_refused_key_and_no_other_waits_behind_it() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(TRIED_AGAIN_MS - 10_000);
        var tries = driver.askUntil(driver.now + 20_000);
        var other = driver.askUntil(driver.now + 20_000);

        assertThat(tries.pending()).isTrue();
        assertThat(other.refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(other.refusal.availableInMs()).isEqualTo(10_000);
        driver.pass(10_000);
        driver.fail(tries.lease, FailureClass.CREDENTIAL, -1);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(2 * TRIED_AGAIN_MS);
    }

    @Test
    void while_one_call_tries_a_key_the_others_hear_that_it_is_refused() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(TRIED_AGAIN_MS);
        var tries = driver.ask().lease;
        var refusal = driver.ask().refusal;

        assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(refusal.cause()).isEqualTo(FailureClass.CREDENTIAL);
        assertThat(refusal.availableInMs()).as("silence is an answer").isEqualTo(SILENT_MS);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Invalid");
        driver.serve(tries);
        driver.pass(ALONE_MS);
        assertThat(driver.ask().lease).as("it is good again").isNotNull();
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available");
    }

    @Test
    void a_call_that_tries_a_key_and_gets_no_answer_holds_nobody_up_for_longer_than_any_probe() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(TRIED_AGAIN_MS);
        assertThat(driver.ask().lease).isNotNull();
        driver.pass(100);
        var second = driver.askUntil(driver.now + 20_000);
        var third = driver.askUntil(driver.now + 20_000);

        assertThat(third.refusal.kind()).as("one at a time").isEqualTo(Kind.UNUSABLE);
        assertThat(third.refusal.availableInMs()).isEqualTo(SILENT_MS - 100);
        driver.pass(SILENT_MS - 101);
        assertThat(second.pending()).isTrue();
        driver.pass(1);
        assertThat(second.lease).isNotNull();
        assertThat(second.lease.predictedMs()).isEqualTo(SILENT_MS - 100);
        assertThat(driver.ask().lease).as("two at once, then").isNotNull();
        assertThat(driver.ask().refusal.kind()).isEqualTo(Kind.EXHAUSTED);
    }

    @Test
    void a_key_that_is_good_again_is_not_asked_everything_at_once() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(TRIED_AGAIN_MS);
        var tries = driver.ask().lease;
        driver.pool.accepted(tries, LimitSnapshot.NOTHING, driver.now);
        assertThat(driver.ask().lease).as("alone at first").isNull();
        driver.pass(ALONE_MS);
        assertThat(driver.ask().lease).isNotNull();
        assertThat(driver.ask().lease).isNotNull();
        assertThat(driver.ask().lease).isNull();
    }

    @Test
    void a_model_that_one_key_has_no_access_to_is_not_what_a_pool_of_refused_keys_lacks() {
        var driver = PoolDriver.of("a", "b");
        fail(driver, 2, FailureClass.MODEL_ACCESS, FailureClass.CREDENTIAL);
        assertThat(driver.ask().refusal.cause()).isEqualTo(FailureClass.CREDENTIAL);

        driver = PoolDriver.of("a", "b");
        fail(driver, 2, FailureClass.MODEL_ACCESS, FailureClass.MODEL_ACCESS);
        assertThat(driver.ask().refusal.cause()).isEqualTo(FailureClass.MODEL_ACCESS);
    }

    @Test
    void a_call_from_before_a_refusal_proves_nothing_about_the_key() {
        var driver = PoolDriver.of("a");
        var older = driver.ask().lease;
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(100);
        driver.serve(older);
        driver.pass(TRIED_AGAIN_MS);
        assertThat(driver.ask().lease).isNotNull();
        assertThat(driver.ask().refusal.cause()).as("it is on trial").isEqualTo(FailureClass.CREDENTIAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"CREDENTIAL", "QUOTA"})
    void a_call_from_before_a_refusal_does_not_shorten_the_next_rest(FailureClass failure) {
        var driver = PoolDriver.of("a");
        var older = driver.ask().lease;
        driver.fail(driver.ask().lease, failure, -1);
        long rest = driver.ask().refusal.availableInMs();
        driver.pass(rest);
        driver.serve(older);
        driver.fail(driver.ask().lease, failure, -1);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(2 * rest);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"CREDENTIAL", "QUOTA"})
    void refusals_inside_an_answer_last_longer_each_time_until_one_comes_to_its_end(FailureClass failure) {
        var driver = PoolDriver.of("a");
        long first = refusedInside(driver, failure);
        assertThat(refusedInside(driver, failure)).isEqualTo(2 * first);
        assertThat(refusedInside(driver, failure)).isEqualTo(4 * first);
        driver.serve(driver.ask().lease);
        driver.pass(ALONE_MS);
        assertThat(refusedInside(driver, failure)).isEqualTo(first);
    }

    /** How long it rests after an error that came when the status line had said that all is well; that rest passes. */
    private static long refusedInside(PoolDriver driver, FailureClass failure) {
        var lease = driver.ask().lease;
        driver.pool.accepted(lease, LimitSnapshot.NOTHING, driver.now);
        driver.fail(lease, failure, -1);
        long rest = driver.ask().refusal.availableInMs();
        driver.pass(rest);
        return rest;
    }

    @ParameterizedTest
    @CsvSource({"CREDENTIAL, Invalid", "QUOTA, Suspended"})
    void what_was_refused_stays_so_until_a_call_was_taken(FailureClass failure, String state) {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, failure, TRIED_AGAIN_MS);
        driver.pass(TRIED_AGAIN_MS + 1_000);
        assertThat(report(driver).keys())
                .containsExactly(
                        new KeyReading("a", "a", "fp-a", state, 0, failure.wireName(), TRIED_AGAIN_MS + 1_000));
        assertThat(report(driver).taken()).isEmpty();
        assertThat(driver.view().keys().get(0).availableInMs())
                .as("it is tried")
                .isZero();
        assertThat(driver.view().headroomPercent()).isEqualTo(-1);

        var tries = driver.ask().lease;
        driver.pass(300);
        assertThat(PoolDriver.states(driver.view())).containsExactly(state);
        driver.pool.accepted(tries, LimitSnapshot.NOTHING, driver.now);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available");
        driver.pass(700);
        assertThat(report(driver).taken()).containsExactly(Map.entry("fp-a", 1_000L));
        driver.pass(PoolReport.TAKEN_MS);
        assertThat(report(driver).taken()).as("long ago").isEmpty();
    }

    @Test
    void a_key_that_another_process_was_refused_is_tried_by_one_call_here_too() {
        var driver = PoolDriver.of("a");
        var told = new Rest("a", "fp-a", null, 5_000, "credential");
        driver.pool.apply(new PoolAnswer("ns/pool", null, List.of(told), null), driver.now);
        driver.pass(6_000);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Invalid");
        var tries = driver.ask().lease;
        assertThat(driver.ask().refusal.cause()).isEqualTo(FailureClass.CREDENTIAL);
        driver.serve(tries);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available");
    }

    private static PoolReport report(PoolDriver driver) {
        return driver.pool.report(CoordinationConfig.Mode.LOCAL, driver.now, driver.now);
    }
}
