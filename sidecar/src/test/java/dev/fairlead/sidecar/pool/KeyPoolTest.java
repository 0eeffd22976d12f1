package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.LeaseRefusal.Kind;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyPoolTest {
    @Test
    void a_limit_rests_the_account_for_this_model_only() {
        var driver = PoolDriver.of("a/1", "a/2");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);

        var same = driver.ask();
        assertThat(same.refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(same.refusal.availableInMs()).isEqualTo(5_000);
        var other = new Asked(driver, "other-model", 1);
        driver.pool.lease(other.request.now(), driver.now);
        assertThat(other.lease).isNotNull();
    }

    @Test
    void a_shorter_rest_never_shortens_a_longer_one() {
        var driver = PoolDriver.of("a");
        var first = driver.ask().lease;
        var second = driver.ask().lease;
        driver.fail(first, FailureClass.RATE_LIMIT, 60_000);
        driver.fail(second, FailureClass.RATE_LIMIT, 1_000);

        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(60_000);
    }

    @Test
    void what_a_provider_asks_for_is_believed_up_to_the_pools_maximum() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 99_999_999_000L);

        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(3_600_000);
    }

    @Test
    void without_a_time_the_pools_default_rest_is_taken() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, -1);

        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(30_000);
    }

    @Test
    void a_call_that_alone_exceeds_the_limit_rests_nobody() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 60_000, Tag.OVERSIZE);

        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void the_callers_faults_cost_no_key() {
        var driver = PoolDriver.of("a");
        for (var fault : List.of(
                FailureClass.CALLER_FAULT,
                FailureClass.CONTENT_POLICY,
                FailureClass.CONTEXT_WINDOW,
                FailureClass.UNKNOWN)) {
            driver.fail(driver.ask().lease, fault, -1);
        }
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void an_empty_balance_rests_the_whole_account_longer_each_time() {
        var driver = PoolDriver.of("a/1", "a/2", "b");
        var rests = new ArrayList<Long>();
        for (int i = 0; i < 3; i++) {
            Lease lease = leaseOf(driver, "a");
            driver.fail(lease, FailureClass.QUOTA, -1);
            long rest = driver.view().keys().get(0).availableInMs();
            rests.add(rest);
            driver.pass(rest);
        }
        assertThat(rests).containsExactly(300_000L, 600_000L, 1_200_000L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"GROUP", "KEY"})
    void an_end_that_the_provider_names_is_kept_to_and_a_guess_grows(Scope scope) {
        var driver = PoolDriver.of("a");
        var rests = new ArrayList<Long>();
        for (var resetMs : new long[] {-1, 600_000, 600_000, -1}) {
            var reset = resetMs < 0 ? OptionalLong.empty() : OptionalLong.of(resetMs);
            var verdict = new Verdict(FailureClass.QUOTA, scope, reset, Set.of(Tag.RESET_AT), "test");
            driver.pool.settle(driver.ask().lease, new Outcome.Failed(verdict), Spent.UNKNOWN, driver.now);
            rests.add(driver.view().keys().get(0).availableInMs());
            driver.pass(rests.get(rests.size() - 1));
        }
        assertThat(rests.subList(0, 3)).containsExactly(300_000L, 600_000L, 600_000L);
        assertThat(rests.get(3)).isGreaterThan(300_000);
    }

    @Test
    void the_usual_rest_of_an_owners_rule_grows_as_others_do() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.QUOTA, 600_000);
        driver.pass(600_000);
        driver.fail(driver.ask().lease, FailureClass.QUOTA, 600_000);
        assertThat(driver.view().keys().get(0).availableInMs()).isEqualTo(1_200_000);
    }

    private static Lease leaseOf(PoolDriver driver, String group) {
        for (int i = 0; i < 10; i++) {
            var lease = driver.ask().lease;
            if (lease.group().equals(group)) {
                return lease;
            }
        }
        throw new AssertionError("no lease of " + group);
    }

    @Test
    void a_refused_key_is_quarantined_alone_and_comes_back_by_itself() {
        var driver = PoolDriver.of("a/1", "a/2");
        var bad = driver.ask().lease;
        driver.fail(bad, FailureClass.CREDENTIAL, -1);

        for (int i = 0; i < 4; i++) {
            assertThat(driver.ask().lease.keyName()).isNotEqualTo(bad.keyName());
        }
        assertThat(PoolDriver.states(driver.view())).contains("Invalid", "Available");
        driver.pass(60_000);
        assertThat(PoolDriver.states(driver.view())).as("nobody has tried it").contains("Invalid");
        driver.serve(driver.ask().lease);
        driver.serve(driver.ask().lease);
        assertThat(PoolDriver.states(driver.view())).containsOnly("Available");
    }

    @Test
    void a_provider_that_finds_fault_with_the_call_has_taken_the_key() {
        for (var read : List.of(FailureClass.CONTEXT_WINDOW, FailureClass.CONTENT_POLICY, FailureClass.CALLER_FAULT)) {
            var driver = PoolDriver.of("a");
            driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
            driver.pass(60_000);
            var trial = driver.ask().lease;
            assertThat(driver.ask().lease).as("the trial goes alone").isNull();
            driver.fail(trial, read, -1, Tag.AUTHENTICATED);
            driver.pass(60);
            driver.ask();
            var second = driver.ask().lease;
            assertThat(second).as("proved by " + read.wireName()).isNotNull();
            driver.fail(second, FailureClass.CREDENTIAL, -1);
            assertThat(driver.ask().refusal.availableInMs()).isEqualTo(60_000);
        }
    }

    @Test
    void a_refusal_that_may_come_from_whoever_stands_before_the_provider_proves_no_key() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(60_000);
        driver.fail(driver.ask().lease, FailureClass.CALLER_FAULT, -1);
        driver.pass(60);
        assertThat(driver.ask().lease).as("the next trial").isNotNull();
        assertThat(driver.ask().lease).as("goes alone, too").isNull();
    }

    @Test
    void calls_on_their_way_when_something_fails_do_not_lengthen_its_rest() {
        for (var failure : List.of(FailureClass.CREDENTIAL, FailureClass.QUOTA, FailureClass.OVERLOADED)) {
            var driver = PoolDriver.of("a");
            var leases = new ArrayList<Lease>();
            for (int i = 0; i < 10; i++) {
                leases.add(driver.ask().lease);
            }
            driver.fail(leases.get(0), failure, -1);
            long rest = driver.ask().refusal.availableInMs();
            leases.forEach(lease -> driver.fail(lease, failure, -1));
            assertThat(driver.ask().refusal.availableInMs())
                    .as(failure.wireName())
                    .isEqualTo(rest);
            driver.pass(rest);
            driver.fail(driver.ask().lease, failure, -1);
            assertThat(driver.ask().refusal.availableInMs())
                    .as(failure.wireName() + " again, one time later")
                    .isEqualTo(2 * rest);
        }
    }

    @Test
    void a_quarantine_is_never_shortened_by_another_reason() {
        var driver = PoolDriver.of("a");
        var first = driver.ask().lease;
        var second = driver.ask().lease;
        var spent = new Verdict(FailureClass.QUOTA, Scope.KEY, OptionalLong.of(500_000), Set.of(), "test");
        driver.pool.settle(first, new Outcome.Failed(spent), Spent.UNKNOWN, driver.now);
        fail(driver, second, FailureClass.CREDENTIAL, Scope.KEY);

        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(500_000);
    }

    @Test
    void the_end_of_an_older_call_lets_no_second_probe_through() {
        var driver = PoolDriver.of("a", "b");
        var older = driver.ask().lease;
        for (int i = 0; i < 8; i++) {
            driver.fail(driver.ask().lease, FailureClass.TRANSPORT, -1);
        }
        driver.pass(1_000);
        var probe = driver.ask().lease;
        driver.pool.settle(older, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
        assertThat(driver.ask().lease).as("one probe at a time").isNull();
        driver.pool.settle(probe, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
        driver.pass(60);
        assertThat(driver.ask().lease).as("a probe that said nothing").isNotNull();
    }

    @Test
    void overload_rests_the_model_at_the_provider_not_a_key() {
        var driver = PoolDriver.of("a", "b");
        driver.fail(driver.ask().lease, FailureClass.OVERLOADED, -1);

        var refused = driver.ask().refusal;
        assertThat(refused.kind()).isEqualTo(Kind.PROVIDER_DOWN);
        assertThat(refused.cause()).isEqualTo(FailureClass.OVERLOADED);
        driver.pass(1_000);
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void a_provider_that_is_busy_is_left_alone_for_seconds_whatever_it_asks_for() {
        var driver = PoolDriver.of("a", "b", "c");
        driver.fail(driver.ask().lease, FailureClass.OVERLOADED, 3_600_000);
        assertThat(driver.ask().refusal.availableInMs()).isBetween(30_000L, 31_500L);
        driver.pass(31_500);
        driver.fail(driver.ask().lease, FailureClass.OVERLOADED, 5_000);
        assertThat(driver.ask().refusal.availableInMs()).isBetween(5_000L, 5_250L);
    }

    @Test
    void overload_inside_an_answer_lasts_longer_each_time_where_status_lines_prove_nothing() {
        var driver = PoolDriver.of("a");
        var rests = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            var lease = driver.ask().lease;
            driver.pool.accepted(lease, LimitSnapshot.NOTHING, driver.now);
            driver.fail(lease, FailureClass.OVERLOADED, -1);
            rests.add(driver.ask().refusal.availableInMs());
            driver.pass(rests.get(i) + 100);
        }
        assertThat(rests).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
        driver.serve(driver.ask().lease);
        driver.pass(60);
        driver.fail(driver.ask().lease, FailureClass.OVERLOADED, -1);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(1_000);
    }

    @Test
    void a_call_from_before_an_overload_does_not_shorten_the_next_rest() {
        var driver = PoolDriver.of("a");
        var older = driver.ask().lease;
        driver.fail(driver.ask().lease, FailureClass.OVERLOADED, -1);
        driver.pass(1_000);
        driver.serve(older);
        driver.fail(driver.ask().lease, FailureClass.OVERLOADED, -1);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(2_000);
    }

    @Test
    void a_dead_endpoint_opens_the_breaker_and_one_call_finds_it_alive_again() {
        var driver = PoolDriver.of("a", "b");
        for (int i = 0; i < 8; i++) {
            driver.fail(driver.ask().lease, FailureClass.TRANSPORT, -1);
        }
        assertThat(driver.ask().refusal.kind()).isEqualTo(Kind.PROVIDER_DOWN);
        driver.pass(1_000);
        var probe = driver.ask();
        assertThat(probe.lease).isNotNull();
        assertThat(driver.ask().lease).as("one probe at a time").isNull();
        driver.serve(probe.lease);
        driver.pass(60);
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void when_a_dead_endpoint_answers_again_calls_return_in_steps() {
        var driver = PoolDriver.of("a", "b");
        for (int i = 0; i < 8; i++) {
            driver.fail(driver.ask().lease, FailureClass.TRANSPORT, -1);
        }
        var waiters = new ArrayList<Asked>();
        for (int i = 0; i < 20; i++) {
            waiters.add(driver.askUntil(driver.now + 20_000));
        }
        driver.pass(1_000);
        assertThat(waiters).filteredOn(w -> w.lease != null).as("the probe").hasSize(1);
        driver.serve(waiters.get(0).lease);
        assertThat(waiters)
                .filteredOn(w -> w.lease != null)
                .as("alone at first")
                .hasSize(1);
        driver.pass(60);
        assertThat(waiters).filteredOn(w -> w.lease != null).hasSize(3);
        driver.serve(waiters.get(1).lease);
        driver.serve(waiters.get(2).lease);
        assertThat(waiters).filteredOn(w -> w.lease != null).hasSize(7);
        driver.pool.settle(waiters.get(3).lease, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
        assertThat(waiters)
                .filteredOn(w -> w.lease != null)
                .as("who left gives its place back")
                .hasSize(8);
        driver.pass(1_000);
        assertThat(waiters)
                .filteredOn(w -> w.lease != null)
                .as("who is silent holds nobody up")
                .hasSizeGreaterThan(8);
    }

    @Test
    void who_can_wait_is_woken_when_the_first_account_returns() {
        var driver = PoolDriver.of("a", "b");
        var one = driver.ask().lease;
        var two = driver.ask().lease;
        driver.fail(one, FailureClass.RATE_LIMIT, 8_000);
        driver.fail(two, FailureClass.RATE_LIMIT, 3_000);
        var waiter = driver.askUntil(driver.now + 10_000);

        driver.pass(2_900);
        assertThat(waiter.pending()).isTrue();
        driver.pass(200);
        assertThat(waiter.lease.group()).isEqualTo(two.group());
        assertThat(waiter.lease.waitedMs()).isEqualTo(3_000);
    }

    @Test
    void who_would_wait_in_vain_is_refused_at_once_with_the_true_time() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);
        var hasty = driver.askUntil(driver.now + 5_000);

        assertThat(hasty.answeredAt).isEqualTo(driver.now);
        assertThat(hasty.refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(hasty.refusal.availableInMs()).isEqualTo(20_000);
    }

    @Test
    void who_would_get_a_key_too_late_for_its_answer_is_refused_at_once() {
        var driver = PoolDriver.of("a");
        for (int i = 0; i < 3; i++) {
            var lease = driver.ask().lease;
            driver.pass(2_000);
            driver.serve(lease); // Takes two seconds.
        }
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 4_000);

        var tight = driver.askUntil(driver.now + 5_000);
        assertThat(tight.answeredAt).isEqualTo(driver.now);
        assertThat(tight.refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(tight.refusal.availableInMs()).isEqualTo(4_000);
        assertThat(tight.refusal.admittedInMs())
                .as("with three seconds to wait")
                .isEqualTo(1_000);
        assertThat(driver.askUntil(driver.now + 6_100).pending()).isTrue();
    }

    @Test
    void what_a_call_has_waited_before_is_a_part_of_the_longest_wait_and_not_of_that_of_its_repeat() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);

        var late = new Asked(driver, PoolDriver.MODEL, 100);
        driver.pool.lease(late.request.waited(15_000).until(Long.MAX_VALUE), driver.now);
        assertThat(late.refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(late.refusal.availableInMs()).isEqualTo(20_000);
        assertThat(late.refusal.admittedInMs()).isEqualTo(1);

        var waits = new Asked(driver, PoolDriver.MODEL, 100);
        driver.pool.lease(waits.request.waited(5_000).until(Long.MAX_VALUE), driver.now);
        assertThat(waits.pending()).isTrue();
        driver.pass(25_000);
        assertThat(waits.lease).isNotNull();
    }

    @Test
    void who_has_waited_before_is_turned_away_when_the_rest_of_the_longest_wait_is_over() {
        var driver = PoolDriver.of("a");
        var first = driver.ask().lease;
        var second = driver.ask().lease;
        driver.fail(first, FailureClass.RATE_LIMIT, 5_000);
        var waits = new Asked(driver, PoolDriver.MODEL, 100);
        driver.pool.lease(waits.request.waited(20_000).until(Long.MAX_VALUE), driver.now);
        long asked = driver.now;
        driver.fail(second, FailureClass.RATE_LIMIT, 60_000);

        driver.pass(20_000);
        assertThat(waits.refusal).isNotNull();
        assertThat(waits.answeredAt - asked).isEqualTo(10_000);
    }

    @Test
    void answers_that_take_longer_than_a_call_may_are_waited_for_half_of_its_time() {
        var driver = PoolDriver.of("a");
        var slow = driver.ask().lease;
        driver.pass(60_000);
        driver.serve(slow);
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 4_000);

        assertThat(driver.askUntil(driver.now + 7_000).refusal).isNotNull();
        assertThat(driver.askUntil(driver.now + 9_000).pending()).isTrue();
    }

    @Test
    void the_waiting_room_is_bounded_in_count_and_bytes() {
        var driver = new PoolDriver(PoolDriver.config(new WaitConfig(30_000, 2, 150), "Headroom", "a"));
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);

        assertThat(driver.askUntil(driver.now + 9_000).pending()).isTrue();
        assertThat(driver.askUntil(driver.now + 9_000).refusal.kind())
                .as("bytes")
                .isEqualTo(Kind.QUEUE_FULL);
        var small = new Asked(driver, PoolDriver.MODEL, 10);
        driver.pool.lease(small.request.until(driver.now + 9_000), driver.now);
        assertThat(small.pending()).isTrue();
        var third = new Asked(driver, PoolDriver.MODEL, 1);
        driver.pool.lease(third.request.until(driver.now + 9_000), driver.now);
        assertThat(third.refusal.kind()).as("count").isEqualTo(Kind.QUEUE_FULL);
    }

    @Test
    void after_a_rest_one_call_goes_first_and_the_rest_follow_in_steps() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 1_000);
        var waiters = new ArrayList<Asked>();
        for (int i = 0; i < 20; i++) {
            waiters.add(driver.askUntil(driver.now + 20_000));
        }
        driver.pass(1_000);
        assertThat(waiters).filteredOn(w -> w.lease != null).hasSize(1);
        driver.serve(waiters.get(0).lease);
        assertThat(waiters)
                .filteredOn(w -> w.lease != null)
                .as("alone at first")
                .hasSize(1);
        driver.pass(60);
        assertThat(waiters).filteredOn(w -> w.lease != null).hasSize(3);
        driver.serve(waiters.get(1).lease);
        driver.serve(waiters.get(2).lease);
        assertThat(waiters).filteredOn(w -> w.lease != null).hasSize(7);
    }

    @Test
    void a_silent_probe_does_not_hold_everybody_up() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 1_000);
        var first = driver.askUntil(driver.now + 20_000);
        var second = driver.askUntil(driver.now + 20_000);
        driver.pass(1_500);
        assertThat(first.lease).isNotNull();
        assertThat(second.pending()).isTrue();
        driver.pass(1_000);
        assertThat(second.lease).isNotNull();
    }

    @Test
    void a_call_is_not_given_the_account_that_has_just_failed_it() {
        var driver = PoolDriver.of("a", "b");
        var asked = driver.ask();
        driver.pool.settle(asked.lease, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
        var again = new Asked(driver, PoolDriver.MODEL, 1);
        again.request.avoid(asked.lease.group());
        driver.pool.lease(again.request.now(), driver.now);
        assertThat(again.lease.group()).isNotEqualTo(asked.lease.group());

        var none = new Asked(driver, PoolDriver.MODEL, 1);
        none.request.avoid("a");
        none.request.avoid("b");
        driver.pool.lease(none.request.now(), driver.now);
        assertThat(none.refusal.kind()).isEqualTo(Kind.NONE_LEFT);
    }

    @Test
    void who_waits_behind_one_that_avoids_an_account_is_woken_when_that_account_returns() {
        var driver = PoolDriver.of("a", "b");
        var sooner = driver.ask().lease;
        var later = driver.ask().lease;
        driver.fail(sooner, FailureClass.RATE_LIMIT, 1_000);
        driver.fail(later, FailureClass.RATE_LIMIT, 10_000);
        var picky = new Asked(driver, PoolDriver.MODEL, 1);
        picky.request.avoid(sooner.group());
        driver.pool.lease(picky.request.until(driver.now + 20_000), driver.now);
        var behind = driver.askUntil(driver.now + 20_000);

        driver.pass(1_000);
        assertThat(behind.lease.group()).isEqualTo(sooner.group());
        assertThat(picky.pending()).isTrue();
        driver.pass(9_000);
        assertThat(picky.lease.group()).isEqualTo(later.group());
    }

    @Test
    void a_lease_is_given_back_once_however_often_it_is_settled() {
        var driver = PoolDriver.of("a");
        var lease = driver.ask().lease;
        driver.serve(lease);
        driver.pool.settle(lease, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
        driver.fail(lease, FailureClass.QUOTA, -1);

        assertThat(driver.view().inFlight()).isZero();
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void a_cancelled_waiter_hears_nothing_and_leaves_its_place() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 1_000);
        var gone = driver.askUntil(driver.now + 20_000);
        driver.pool.cancel(gone.request, driver.now);
        driver.pass(30_000);

        assertThat(gone.pending()).isTrue();
        assertThat(driver.view().waiting()).isZero();
    }

    @Test
    void a_pool_without_a_usable_key_says_so() {
        for (var driver : List.of(PoolDriver.of(), PoolDriver.of("a*0"))) {
            var refusal = driver.askUntil(driver.now + 10_000).refusal;
            assertThat(refusal.kind()).isEqualTo(Kind.UNUSABLE);
            assertThat(refusal.availableInMs()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void weights_are_exact() {
        var driver = new PoolDriver(PoolDriver.config(new WaitConfig(1, 1, 1), "Weighted", "a*7", "b*3"));
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < 1_000; i++) {
            var lease = driver.ask().lease;
            counts.merge(lease.group(), 1, Integer::sum);
            driver.serve(lease);
        }
        assertThat(counts).containsEntry("a", 700).containsEntry("b", 300);
    }

    @Test
    void headroom_follows_what_the_provider_says_is_left() {
        var driver = PoolDriver.of("a", "b");
        var one = driver.ask().lease;
        driver.pool.accepted(one, new dev.fairlead.sidecar.provider.LimitSnapshot(1, 100, 0, -1, -1, -1), driver.now);
        driver.pool.settle(one, Outcome.SERVED, Spent.UNKNOWN, driver.now);
        for (int i = 0; i < 5; i++) {
            var lease = driver.ask().lease;
            assertThat(lease.group()).isNotEqualTo(one.group());
            driver.serve(lease);
        }
    }

    @Test
    void state_is_kept_by_key_over_configurations() {
        var waiting = new WaitConfig(30_000, 100, 1 << 20);
        var driver = PoolDriver.of("a", "b");
        var limited = driver.ask().lease;
        driver.fail(limited, FailureClass.RATE_LIMIT, 60_000);
        driver.pool.configure(PoolDriver.config(waiting, "RoundRobin", "c", "b", "a"), driver.now);

        var groups = new java.util.HashSet<String>();
        for (int i = 0; i < 6; i++) {
            groups.add(driver.ask().lease.group());
        }
        assertThat(groups).hasSize(2).doesNotContain(limited.group());
    }

    @Test
    void a_removed_key_takes_no_new_calls_and_its_running_one_ends_in_peace() {
        var waiting = new WaitConfig(30_000, 100, 1 << 20);
        var driver = PoolDriver.of("a");
        var running = driver.ask().lease;
        driver.pool.configure(PoolDriver.config(waiting, "Headroom", "b"), driver.now);

        assertThat(driver.ask().lease.group()).isEqualTo("b");
        driver.serve(running);
        assertThat(driver.view().inFlight()).isEqualTo(1);
    }

    @Test
    void who_waits_for_an_account_that_a_new_configuration_does_not_have_plans_again() {
        var waiting = new WaitConfig(30_000, 100, 1 << 20);
        var driver = PoolDriver.of("a", "b");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);
        var pinned = new Asked(driver, PoolDriver.MODEL, 1);
        driver.pool.lease(pinned.request.pin("a").until(driver.now + 25_000), driver.now);
        var picky = new Asked(driver, PoolDriver.MODEL, 1);
        picky.request.avoid("b");
        driver.pool.lease(picky.request.until(driver.now + 25_000), driver.now);
        var pinnedElsewhere = new Asked(driver, PoolDriver.MODEL, 1);
        driver.pool.lease(pinnedElsewhere.request.pin("b").until(driver.now + 25_000), driver.now);
        var anywhere = driver.askUntil(driver.now + 25_000);
        driver.pool.configure(PoolDriver.config(waiting, "Headroom", "b"), driver.now);
        assertThat(pinned.pending()).as("until the configuration is in force").isTrue();
        driver.pool.sendBackStranded(driver.now);

        assertThat(pinned.refusal.kind()).isEqualTo(Kind.REPLAN);
        assertThat(picky.refusal.kind()).isEqualTo(Kind.REPLAN);
        assertThat(driver.view().waiting()).isEqualTo(2);
        var again = new Asked(driver, PoolDriver.MODEL, 1);
        driver.pool.lease(again.request.pin("a").until(driver.now + 25_000), driver.now);
        assertThat(again.refusal.kind()).as("at once").isEqualTo(Kind.UNUSABLE);
        driver.pass(21_000);
        driver.serve((anywhere.pending() ? pinnedElsewhere : anywhere).lease);
        driver.pass(1_000);
        assertThat(anywhere.lease).isNotNull();
        assertThat(pinnedElsewhere.lease).isNotNull();
    }

    @Test
    void nobody_waits_where_a_new_configuration_leaves_no_usable_key() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);
        var waiter = driver.askUntil(driver.now + 25_000);
        driver.pool.configure(PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", "a*0"), driver.now);
        driver.pool.sendBackStranded(driver.now);

        assertThat(waiter.refusal.kind()).isEqualTo(Kind.REPLAN);
        assertThat(driver.view().waiting()).isZero();
    }

    @Test
    void a_new_key_wakes_who_waits() {
        var waiting = new WaitConfig(30_000, 100, 1 << 20);
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);
        var waiter = driver.askUntil(driver.now + 25_000);
        driver.pool.configure(PoolDriver.config(waiting, "Headroom", "a", "b"), driver.now);

        assertThat(waiter.lease.group()).isEqualTo("b");
    }

    @Test
    void a_failure_rests_what_its_evidence_supports() {
        var keyOnly = PoolDriver.of("a/1", "a/2");
        fail(keyOnly, keyOnly.ask().lease, FailureClass.RATE_LIMIT, Scope.KEY);
        assertThat(keyOnly.ask().lease).as("the sibling key goes on").isNotNull();

        var account = PoolDriver.of("a/1", "a/2");
        fail(account, account.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        var other = new Asked(account, "other-model", 1);
        account.pool.lease(other.request.now(), account.now);
        assertThat(other.refusal.kind()).as("every model of the account").isEqualTo(Kind.EXHAUSTED);
        assertThat(other.refusal.cause()).isEqualTo(FailureClass.RATE_LIMIT);

        var size = PoolDriver.of("a");
        fail(size, size.ask().lease, FailureClass.QUOTA, Scope.NOTHING);
        assertThat(size.ask().lease).as("a smaller call fits").isNotNull();
    }

    private static void fail(PoolDriver driver, Lease lease, FailureClass failure, Scope scope) {
        driver.pool.settle(
                lease,
                new Outcome.Failed(new Verdict(failure, scope, OptionalLong.of(60_000), Set.of(), "test")),
                Spent.UNKNOWN,
                driver.now);
    }
}
