package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every gate, whatever is asked of it and when. */
class GateProperties {
    private static final long MINUTE = 60_000;

    @Property(tries = 150)
    void no_minute_wherever_it_begins_holds_more_requests_than_the_limit_nor_more_at_once_than_the_burst(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int limit, @ForAll @IntRange(max = 20) int burst) {
        var quotas = quotas(burst == 0 ? Pools.rpm(limit) : Pools.rpm(limit, burst));
        var gate = quotas.account("acct", "m");
        var random = new Random(seed);
        var begun = new ArrayList<Long>();
        long now = random.nextInt(1_000_000);
        for (int i = 0; i < 600; i++) {
            now += random.nextInt(3) == 0 ? random.nextInt(4_000) : random.nextInt(40);
            long opens = gate.opensAt(Demand.ONE_CALL, now);
            if (opens > now) {
                assertThat(opens).isLessThanOrEqualTo(now + MINUTE + 2_000);
                if (random.nextInt(4) > 0) {
                    continue;
                }
                now = opens;
                assertThat(gate.opensAt(Demand.ONE_CALL, now))
                        .as("it opens when it said")
                        .isEqualTo(now);
            }
            var hold = gate.reserve(Demand.ONE_CALL, now);
            if (random.nextInt(5) == 0) {
                gate.settle(hold, Spent.NOTHING, false, now);
            } else {
                begun.add(now);
                gate.settle(hold, Spent.UNKNOWN, true, now);
            }
        }
        for (int i = 0; i < begun.size(); i++) {
            int last = i + limit;
            assertThat(last < begun.size() ? begun.get(last) - begun.get(i) : Long.MAX_VALUE)
                    .as("from one call to the one %s after it", limit)
                    .isGreaterThanOrEqualTo(MINUTE);
            last = i + burst;
            if (burst > 0 && last < begun.size()) {
                assertThat(begun.get(last) - begun.get(i)).as("pace").isGreaterThan(0);
            }
        }
    }

    @Property(tries = 150)
    void no_minute_holds_more_tokens_than_the_limit_when_all_that_was_reserved_is_used(
            @ForAll long seed, @ForAll @IntRange(min = 100, max = 5_000) int limit) {
        var gate = quotas(Pools.tpm(limit)).account("acct", "m");
        var random = new Random(seed);
        record Begun(long at, long tokens) {}
        var begun = new ArrayDeque<Begun>();
        long inMinute = 0;
        long now = random.nextInt(1_000_000);
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(1_500);
            var demand = new Demand(random.nextInt(200), random.nextInt(300));
            long tokens = demand.inputTokens() + demand.maxOutputTokens();
            long opens = gate.opensAt(demand, now);
            if (opens == Long.MAX_VALUE) {
                assertThat(demand.inputTokens()).as("only what can never fit").isGreaterThan(limit);
                continue;
            }
            now = Math.max(now, opens);
            while (!begun.isEmpty() && begun.peek().at <= now - MINUTE) {
                inMinute -= begun.poll().tokens;
            }
            assertThat(gate.opensAt(demand, now)).isEqualTo(now);
            var hold = gate.reserve(demand, now);
            if (random.nextInt(3) == 0) {
                gate.settle(hold, Spent.NOTHING, false, now);
            } else {
                gate.settle(hold, Spent.UNKNOWN, true, now);
                begun.add(new Begun(now, Math.min(tokens, limit)));
                inMinute += Math.min(tokens, limit);
            }
            assertThat(inMinute).isLessThanOrEqualTo(limit);
        }
    }

    @Property(tries = 100)
    void what_is_refunded_is_there_again_to_the_token_and_nothing_is_ever_below_zero(@ForAll long seed) {
        var quotas = new Quotas();
        quotas.configure(
                Pools.shared(
                        new QuotaLimits(List.of(), 1_000L, 5_000L, 100_000L, 100_000L, 200_000L, 900_000L, 50L, 100L)),
                0);
        for (var reading : quotas.readings(0)) {
            quotas.share(new MeterShare(reading.meter(), reading.limit()), 0);
        }
        var gate = quotas.account("acct", "m");
        var random = new Random(seed);
        var holds = new ArrayList<Hold>();
        long now = 0;
        for (int i = 0; i < 300; i++) {
            now += random.nextInt(100);
            holds.add(gate.reserve(new Demand(random.nextInt(500), random.nextInt(500)), now));
            if (random.nextBoolean()) {
                gate.settle(holds.remove(random.nextInt(holds.size())), Spent.NOTHING, false, now);
            }
            assertThat(quotas.readings(now)).allMatch(reading -> reading.used() >= 0);
        }
        for (var hold : holds) {
            gate.settle(hold, Spent.NOTHING, false, now);
            gate.settle(hold, Spent.NOTHING, false, now);
        }
        assertThat(quotas.readings(now)).allMatch(reading -> reading.used() == 0);
        assertThat(gate.headroom(now)).isEqualTo(1);
    }

    @Property(tries = 100)
    void never_more_calls_at_once_than_the_limit_and_none_when_all_have_ended(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int limit) {
        var gate = quotas(Pools.atOnce(limit)).account("acct", "m");
        var random = new Random(seed);
        var underway = new ArrayList<Hold>();
        long now = 0;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(50);
            if (gate.opensAt(Demand.ONE_CALL, now) <= now) {
                underway.add(gate.reserve(Demand.ONE_CALL, now));
            } else {
                assertThat(underway).hasSize(limit);
            }
            assertThat(underway).hasSizeLessThanOrEqualTo(limit);
            if (!underway.isEmpty() && random.nextInt(3) > 0) {
                gate.settle(underway.remove(random.nextInt(underway.size())), Spent.UNKNOWN, true, now);
            }
        }
        for (var hold : underway) {
            gate.settle(hold, Spent.NOTHING, false, now);
        }
        assertThat(gate.headroom(now)).isEqualTo(1);
    }

    @Property(tries = 100)
    void a_process_never_uses_more_than_its_share_however_shares_change(@ForAll long seed) {
        var quotas = new Quotas();
        quotas.configure(Pools.shared(Pools.rpm(600)), 0);
        var meter = quotas.readings(0).get(0).meter();
        var gate = quotas.account("acct", "m");
        assertThat(gate.opensAt(Demand.ONE_CALL, 0))
                .as("without a share soon, not never")
                .isEqualTo(1_000);
        var random = new Random(seed);
        long now = 0;
        long share = 0;
        for (int i = 0; i < 1_000; i++) {
            now += random.nextInt(300);
            if (random.nextInt(50) == 0) {
                share = random.nextInt(100);
                quotas.share(new MeterShare(meter, share), now);
            }
            if (gate.opensAt(Demand.ONE_CALL, now) <= now) {
                gate.settle(gate.reserve(Demand.ONE_CALL, now), Spent.UNKNOWN, true, now);
                assertThat(quotas.readings(now).get(0).used()).isLessThanOrEqualTo(share);
            }
        }
    }

    @Property(tries = 60)
    void a_clock_that_jumps_an_hour_either_way_neither_blocks_nor_forgets(
            @ForAll long seed, @ForAll @IntRange(min = -1, max = 1) int hours) {
        var quotas = quotas(new QuotaLimits(List.of(), 60L, null, null, null, 10_000L, null, null, 5L));
        var gate = quotas.account("acct", "m");
        var random = new Random(seed);
        long now = 10_000_000;
        for (int i = 0; i < 200; i++) {
            now += random.nextInt(1_000);
            if (i == 100) {
                now += hours * 3_600_000L;
            }
            var demand = new Demand(random.nextInt(100), 10);
            long opens = gate.opensAt(demand, now);
            assertThat(opens).isBetween(now, now + MINUTE + 2_000);
            if (opens == now) {
                gate.settle(gate.reserve(demand, now), new Spent.Tokens(50, 0, 5), true, now);
            }
            assertThat(gate.headroom(now)).isBetween(0.0, 1.0);
        }
        assertThat(gate.opensAt(Demand.ONE_CALL, now + 62_000)).isEqualTo(now + 62_000);
    }

    private static Quotas quotas(QuotaLimits limits) {
        var quotas = new Quotas();
        quotas.configure(Pools.limited(limits), 0);
        return quotas;
    }
}
