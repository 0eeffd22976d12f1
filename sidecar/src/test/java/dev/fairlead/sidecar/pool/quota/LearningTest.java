package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.AdmissionRule.Charge;
import dev.fairlead.sidecar.provider.AdmissionRule.Refill;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What headers, refusals and real usage teach. */
class LearningTest {
    private static final Demand CALL = Demand.ONE_CALL;
    private static final Verdict LIMITED = limited(Scope.GROUP_MODEL);
    private static final long MINUTE = 60_000;

    private final Quotas quotas = new Quotas();
    private final Gate gate = quotas.account("acct", "m");

    private static Verdict limited(Scope scope, Tag... tags) {
        return new Verdict(FailureClass.RATE_LIMIT, scope, OptionalLong.empty(), Set.of(tags), "test");
    }

    private static LimitSnapshot requests(long remaining, long limit, long resetMs) {
        return new LimitSnapshot(remaining, limit, resetMs, -1, -1, -1);
    }

    @Test
    void what_remained_less_what_was_granted_since_is_what_there_is() {
        var first = gate.reserve(CALL, 0);
        gate.reserve(CALL, 0);
        gate.reserve(CALL, 0);
        gate.corrected(requests(3, 60, -1), first, 100);
        assertThat(gate.opensAt(CALL, 100))
                .as("3 remained, 2 were granted since")
                .isEqualTo(100);
        gate.reserve(CALL, 100);
        assertThat(gate.opensAt(CALL, 100)).as("one a second comes back").isEqualTo(1_100);
        assertThat(gate.bindingLimit(CALL, 100)).contains("headers");
        assertThat(gate.known()).isTrue();
    }

    @Test
    void a_bucket_fills_at_the_pace_at_which_it_will_be_full_again() {
        // Groq: 30 of a day's 14,400 are gone, and it takes 3 minutes for them to come back: one in six seconds.
        gate.corrected(requests(0, 30, 180_000), gate.reserve(CALL, 0), 0);
        assertThat(gate.opensAt(CALL, 0)).isEqualTo(6_000);
        gate.reserve(CALL, 6_000);
        assertThat(gate.opensAt(CALL, 6_000)).isEqualTo(12_000);
    }

    @Test
    void a_window_comes_back_all_at_once_at_its_reset() {
        var inWindows = new Quotas(new AdmissionRule(Charge.EXPECTED, false, 0, true, true, 0, Refill.WINDOW));
        var account = inWindows.account("acct", "m");
        account.corrected(requests(0, 20, 40_000), account.reserve(CALL, 0), 0);
        assertThat(account.opensAt(CALL, 0)).isEqualTo(40_000);
        for (int i = 0; i < 20; i++) {
            account.reserve(CALL, 40_000);
        }
        assertThat(account.opensAt(CALL, 40_000))
                .as("then it is for the provider to say")
                .isEqualTo(40_000);
    }

    @Test
    void tokens_are_corrected_as_requests_are() {
        var hold = gate.reserve(new Demand(100, 0), 0);
        gate.corrected(new LimitSnapshot(-1, -1, -1, 50, 6_000, -1), hold, 0);
        assertThat(gate.opensAt(new Demand(50, 0), 0)).isZero();
        assertThat(gate.opensAt(new Demand(150, 0), 0)).isEqualTo(1_000);
    }

    @Test
    void an_answer_that_was_long_on_its_way_does_not_overrule_a_younger_one() {
        var old = gate.reserve(CALL, 0);
        var young = gate.reserve(CALL, 1_000);
        gate.corrected(requests(0, 60, -1), young, 1_100);
        gate.corrected(requests(59, 60, -1), old, 1_200);
        assertThat(gate.opensAt(CALL, 1_200)).isGreaterThan(1_200);
    }

    @Test
    void a_header_paces_but_never_stops_calls_for_long() {
        var inWindows = new Quotas(new AdmissionRule(Charge.EXPECTED, false, 0, true, true, 0, Refill.WINDOW));
        var account = inWindows.account("acct", "m");
        account.corrected(requests(0, 20, 30L * 86_400_000), account.reserve(CALL, 0), 0);
        assertThat(account.opensAt(CALL, 0)).isEqualTo(600_000);
        assertThat(account.opensAt(CALL, 600_000)).isEqualTo(600_000);
    }

    @Test
    void what_makes_no_sense_in_a_header_changes_nothing() {
        var hold = gate.reserve(CALL, 0);
        gate.corrected(LimitSnapshot.NOTHING, hold, 0);
        gate.corrected(requests(-1, 100, 5_000), hold, 0);
        gate.corrected(requests(5, -1, 0), Hold.NOTHING, 0);
        assertThat(gate.opensAt(CALL, 0)).isZero();
        gate.corrected(requests(900, 0, 0), hold, 0);
        gate.corrected(requests(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE), hold, 0);
        assertThat(gate.opensAt(CALL, 0)).isZero();
        assertThat(gate.headroom(0)).isBetween(0.0, 1.0);
    }

    @Test
    void a_call_that_was_never_counted_is_given_back_until_the_provider_has_told_more() {
        gate.corrected(requests(1, 60, -1), gate.reserve(CALL, 0), 0);
        var unsent = gate.reserve(CALL, 0);
        assertThat(gate.opensAt(CALL, 0)).isGreaterThan(0);
        gate.settle(unsent, Spent.NOTHING, false, 0);
        assertThat(gate.opensAt(CALL, 0)).isZero();
    }

    @Test
    void refusals_lower_a_ceiling_that_nobody_names_and_quiet_raises_and_forgets_it() {
        var holds = new ArrayList<Hold>();
        for (int i = 0; i < 100; i++) {
            holds.add(gate.reserve(CALL, i * 100L));
        }
        gate.limited(LIMITED, holds.get(99), 10_000);
        for (int i = 0; i < 99; i++) {
            gate.limited(LIMITED, holds.get(i), 10_000); // On their way already: nothing new.
        }
        // 99 in the last minute, less a fifth; a sixth of that at once, the rest at that pace.
        assertThat(startsIn(10_000, MINUTE)).isBetween(79, 79 + 79 / 6 + 2);
        assertThat(gate.bindingLimit(CALL, 10_000 + MINUTE)).contains("learned");
        assertThat(startsIn(1_800_000, MINUTE)).as("after half an hour").isGreaterThan(150);
        assertThat(gate.opensAt(CALL, 3_700_000)).isEqualTo(3_700_000);
        assertThat(gate.headroom(3_700_000)).isEqualTo(1);
    }

    @Test
    void a_refusal_for_too_many_at_once_lowers_how_many_there_may_be_and_time_raises_it() {
        var holds = new ArrayList<Hold>();
        for (int i = 0; i < 10; i++) {
            holds.add(gate.reserve(CALL, 0));
        }
        gate.limited(limited(Scope.GROUP_MODEL, Tag.CONCURRENCY), holds.get(9), 0);
        for (int i = 9; i >= 8; i--) {
            gate.settle(holds.get(i), Spent.NOTHING, false, 0);
        }
        assertThat(gate.opensAt(CALL, 0)).as("8 of 8").isGreaterThan(0);
        gate.settle(holds.get(7), Spent.UNKNOWN, true, 0);
        assertThat(gate.opensAt(CALL, 0)).isZero();
        gate.reserve(CALL, 0);
        assertThat(gate.opensAt(CALL, MINUTE)).as("one more a minute").isEqualTo(MINUTE);
    }

    @Test
    void a_refusal_that_is_about_the_whole_account_holds_for_its_other_models() {
        Hold last = null;
        for (int i = 0; i < 10; i++) {
            last = gate.reserve(CALL, 0);
        }
        gate.limited(limited(Scope.GROUP), last, 0);
        var other = quotas.account("acct", "other");
        other.reserve(CALL, 0);
        assertThat(other.opensAt(CALL, 0)).isGreaterThan(0);
        assertThat(quotas.account("elsewhere", "m").opensAt(CALL, 0)).isZero();
    }

    @Test
    void nothing_is_learned_where_a_limit_is_known_or_the_call_alone_is_too_large() {
        for (int i = 0; i < 20; i++) {
            gate.limited(limited(Scope.NOTHING, Tag.OVERSIZE), gate.reserve(CALL, 0), 0);
        }
        assertThat(gate.opensAt(CALL, 0)).isZero();
        gate.corrected(requests(50, 60, -1), gate.reserve(CALL, 0), 0);
        gate.limited(LIMITED, gate.reserve(CALL, 0), 0);
        assertThat(gate.opensAt(CALL, 0)).isZero();
        var configured = new Quotas();
        configured.configure(Pools.limited(Pools.rpm(100)), 0);
        var account = configured.account("acct", "m");
        for (int i = 0; i < 20; i++) {
            account.limited(LIMITED, account.reserve(CALL, 0), 0);
        }
        assertThat(account.opensAt(CALL, 0)).isZero();
    }

    @Property(tries = 20)
    void an_unknown_limit_is_found_and_kept_to_with_few_refusals(
            @ForAll long seed, @ForAll @IntRange(min = 20, max = 300) int limit) {
        var account = new Quotas().account("acct", "m");
        var random = new Random(seed);
        var atProvider = new ArrayDeque<Long>();
        long restsUntil = 0;
        int served = 0;
        int refused = 0;
        for (long now = 0; now < 3_600_000; now += 50 + random.nextInt(50)) {
            while (!atProvider.isEmpty() && atProvider.peek() <= now - MINUTE) {
                atProvider.poll();
            }
            if (now < restsUntil || account.opensAt(CALL, now) > now) {
                continue;
            }
            var hold = account.reserve(CALL, now);
            if (atProvider.size() < limit) {
                atProvider.add(now);
                served++;
                account.settle(hold, Spent.UNKNOWN, true, now);
            } else {
                refused++;
                account.limited(LIMITED, hold, now);
                account.settle(hold, Spent.NOTHING, true, now);
                restsUntil = now + 10_000;
            }
        }
        assertThat(served).as("of %s an hour", limit * 60).isGreaterThan(limit * 60 * 3 / 4);
        assertThat(refused).isLessThan(Math.max(30, served / 50));
    }

    @ParameterizedTest
    @CsvSource({"1, 10000", "2, 10000", "3, 10000", "6, 10000", "60, 10000", "6, 30000", "60, 30000"})
    void after_ten_minutes_a_low_ceiling_is_used_and_hardly_ever_hit(int perMinute, long restMs) {
        int served = 0;
        int refused = 0;
        for (int seed = 0; seed < 20; seed++) {
            var provider = new SlidingProvider(perMinute, restMs, new Random(seed));
            provider.callUntil(10 * MINUTE);
            provider.served = 0;
            provider.refused = 0;
            provider.callUntil(130 * MINUTE);
            served += provider.served;
            refused += provider.refused;
        }
        assertThat((double) refused / (served + refused)).as("refused").isLessThanOrEqualTo(0.05);
        assertThat((double) served / (20 * 120 * perMinute)).as("used").isGreaterThanOrEqualTo(0.8);
    }

    /** So many calls in any minute, as they arrive; a refused one is followed by a rest. */
    private static final class SlidingProvider {
        private final Gate gate = new Quotas().account("acct", "m");
        private final ArrayDeque<Long> taken = new ArrayDeque<>();
        private final int perMinute;
        private final long restMs;
        private final Random random;
        private long now;
        int served;
        int refused;

        SlidingProvider(int perMinute, long restMs, Random random) {
            this.perMinute = perMinute;
            this.restMs = restMs;
            this.random = random;
        }

        void callUntil(long endMs) {
            while (now < endMs) {
                long opens = gate.opensAt(CALL, now);
                if (opens > now) {
                    now = Math.min(opens, now + 1_000);
                    continue;
                }
                var hold = gate.reserve(CALL, now);
                now += 20 + random.nextInt(60);
                while (!taken.isEmpty() && taken.peek() <= now - MINUTE) {
                    taken.poll();
                }
                if (taken.size() < perMinute) {
                    taken.add(now);
                    served++;
                    gate.settle(hold, Spent.UNKNOWN, true, now);
                } else {
                    refused++;
                    gate.limited(LIMITED, hold, now);
                    gate.settle(hold, Spent.NOTHING, true, now);
                    now += restMs;
                }
            }
        }
    }

    @Test
    void one_refusal_after_few_calls_may_tell_of_others_and_a_second_one_does_not() {
        gate.reserve(CALL, 0);
        gate.limited(LIMITED, gate.reserve(CALL, 100), 100);
        gate.limited(LIMITED, gate.reserve(CALL, 200), 200);
        assertThat(gate.opensAt(CALL, 300)).isEqualTo(300);
        gate.reserve(CALL, 61_000);
        gate.limited(LIMITED, gate.reserve(CALL, 62_000), 62_000);
        assertThat(gate.opensAt(CALL, 63_000)).isEqualTo(63_000); // One that was never counted tells nothing.
        gate.limited(LIMITED, gate.reserve(CALL, 63_000), 63_000);
        gate.reserve(CALL, 63_100);
        assertThat(gate.opensAt(CALL, 63_200)).isGreaterThan(100_000);
    }

    @Test
    void a_limit_of_a_day_or_of_tokens_to_spare_does_not_keep_a_pace_from_being_learned() {
        var configured = new Quotas();
        configured.configure(
                Pools.limited(new QuotaLimits(List.of(), null, 9_000L, null, null, 90_000L, 900_000L, 50L, null)), 0);
        var account = configured.account("acct", "m");
        assertThat(paced(account))
                .as("with limits of a day, of tokens and of calls at once")
                .isTrue();
        var groq = new Quotas().account("acct", "m");
        var said = new LimitSnapshot(
                Reading.SILENT,
                new Reading(14_000, 14_400, 60_000),
                new Reading(17_000, 18_000, 10),
                Reading.SILENT,
                Reading.SILENT);
        groq.corrected(said, groq.reserve(CALL, 0), 0);
        assertThat(paced(groq)).as("where headers speak of a day and of tokens").isTrue();
        var tokens = new Quotas();
        tokens.configure(Pools.limited(Pools.tpm(1_000)), 0);
        var used = tokens.account("acct", "m");
        used.reserve(new Demand(900, 0), 0);
        assertThat(paced(used)).as("tokens are used up").isFalse();
    }

    private static boolean paced(Gate gate) {
        for (int i = 0; i < 20; i++) {
            gate.settle(gate.reserve(CALL, 0), Spent.UNKNOWN, true, 0);
        }
        gate.limited(LIMITED, gate.reserve(CALL, 0), 0);
        for (int i = 0; i < 4; i++) {
            gate.reserve(CALL, 0);
        }
        var binding = gate.bindingLimit(CALL, 0);
        return binding != null && binding.contains("learned");
    }

    @Test
    void estimates_follow_what_calls_really_use() {
        quotas.configure(Pools.limited(Pools.tpm(100_000)), 0);
        for (int i = 0; i < 200; i++) {
            long now = i * 1_000L;
            gate.settle(gate.reserve(new Demand(1_000, 0), now), new Spent.Tokens(1_500, 0, 0), true, now);
        }
        long now = 300_000;
        var before = gate.headroom(now);
        gate.reserve(new Demand(1_000, 0), now);
        assertThat((before - gate.headroom(now)) * 100_000).isBetween(1_450.0, 1_501.0);
    }

    @Property
    void no_usage_that_is_reported_moves_an_estimate_out_of_its_bounds(
            @ForAll long estimate, @ForAll long input, @ForAll long output) {
        var calibration = new Calibration();
        for (int i = 0; i < 50; i++) {
            calibration.learn(estimate, input, output);
        }
        assertThat(calibration.ratio()).isBetween(0.25, 4.0);
        assertThat(calibration.input(1_000)).isBetween(250L, 4_000L);
        assertThat(calibration.output()).isBetween(0L, 2_000_001L);
    }

    @Test
    void the_answer_of_a_call_without_a_maximum_is_expected_to_be_as_long_as_usual() {
        var calibration = new Calibration();
        assertThat(calibration.output()).isEqualTo(256);
        for (int i = 0; i < 100; i++) {
            calibration.learn(10, 10, 900 + i % 3 * 100);
        }
        assertThat(calibration.output()).isBetween(1_000L, 1_150L);
    }

    private int startsIn(long fromMs, long forMs) {
        int starts = 0;
        for (long now = fromMs; now < fromMs + forMs; now += 20) {
            if (gate.opensAt(CALL, now) <= now) {
                gate.settle(gate.reserve(CALL, now), Spent.UNKNOWN, true, now);
                starts++;
            }
        }
        return starts;
    }
}
