package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Accounts of one pool may differ in their limits by orders of magnitude. */
class UnequalAccountsProperties {
    /** A prompt's tokens are an estimate: it is too large for a limit only if it is even at this part of it. */
    private static final double AT_LEAST = 0.8;

    private static final List<String> STRATEGIES = List.of("Headroom", "RoundRobin", "Weighted", "FillFirst");

    private static PoolDriver pool(String strategy, long... tokensPerMinute) {
        var names = LongStream.range(0, tokensPerMinute.length)
                .mapToObj(i -> "a" + i)
                .toArray(String[]::new);
        var groups = new ArrayList<QuotaGroupConfig>();
        for (int i = 0; i < tokensPerMinute.length; i++) {
            var limits = new QuotaLimits(null, null, null, null, null, tokensPerMinute[i], null, null, null);
            groups.add(new QuotaGroupConfig(names[i], List.of(limits)));
        }
        var base = PoolFiguresTest.pool(strategy, null, 1_000, names);
        return new PoolDriver(new PoolConfig(
                base.namespace(),
                base.name(),
                base.provider(),
                base.baseUrl(),
                null,
                base.keys(),
                strategy,
                base.coolDown(),
                base.waitingRoom(),
                null,
                null,
                null,
                groups,
                null));
    }

    private static Asked ask(PoolDriver driver, long tokens, long waitMs) {
        var asked = new Asked(driver, PoolDriver.MODEL, 1, new Demand(tokens, 0));
        driver.pool.lease(waitMs == 0 ? asked.request.now() : asked.request.until(driver.now + waitMs), driver.now);
        return asked;
    }

    @Property(tries = 200)
    void a_call_goes_at_once_where_any_account_has_room_and_is_too_large_only_for_all_of_them(@ForAll long seed) {
        var draw = new Random(seed);
        var limits = new long[1 + draw.nextInt(64)];
        long largest = 1;
        for (int i = 0; i < limits.length; i++) {
            limits[i] = 1 + (long) (100_000 * Math.pow(draw.nextDouble(), 8));
            largest = Math.max(largest, limits[i]);
        }
        var used = new long[limits.length];
        var driver = pool(STRATEGIES.get(draw.nextInt(STRATEGIES.size())), limits);
        for (int call = 0; call < 150; call++) {
            long tokens = 1 + (long) (1.5 * largest * Math.pow(draw.nextDouble(), 1 + draw.nextInt(6)));
            boolean ever = false;
            boolean now = false;
            for (int i = 0; i < limits.length; i++) {
                boolean fits = (long) (tokens * AT_LEAST) <= limits[i];
                ever |= fits;
                now |= fits && used[i] + Math.min(tokens, limits[i]) <= limits[i];
            }
            var asked = ask(driver, tokens, 0);

            assertThat(asked.lease != null).as("%d tokens go at once", tokens).isEqualTo(now);
            if (now) {
                int at = Integer.parseInt(asked.lease.group().substring(1));
                used[at] += Math.min(tokens, limits[at]);
            } else {
                assertThat(asked.refusal.kind() == LeaseRefusal.Kind.TOO_LARGE)
                        .as("%d tokens are too large", tokens)
                        .isEqualTo(!ever);
            }
        }
    }

    @Example
    void calls_that_only_one_account_can_carry_wait_for_it_and_hold_nobody_up() {
        for (var strategy : STRATEGIES) {
            var limits = new long[64];
            Arrays.fill(limits, 1_000);
            limits[41] = 50_000;
            var driver = pool(strategy, limits);
            driver.serve(ask(driver, 45_000, 0).lease);
            driver.pass(40_000);
            var large = new ArrayList<Asked>();
            for (int i = 0; i < 3; i++) {
                large.add(ask(driver, 15_000, 30_000));
            }
            assertThat(large).as(strategy).allMatch(Asked::pending);
            for (int i = 0; i < 25; i++) {
                var small = ask(driver, 100, 30_000);
                assertThat(small.lease).as(strategy).isNotNull();
                driver.serve(small.lease);
                driver.pass(1_000);
            }
            assertThat(large).as(strategy).allMatch(asked -> asked.lease != null);
        }
    }

    @Example
    void a_small_call_goes_at_once_to_the_account_that_it_is_pinned_to_though_that_rests_for_larger_ones() {
        var limits = new long[100];
        Arrays.fill(limits, 1_000);
        var driver = pool("Headroom", limits);
        for (int i = 0; i < limits.length; i++) {
            assertThat(ask(driver, 950, 0).lease).isNotNull();
        }
        assertThat(ask(driver, 950, 0).lease).as("all are full").isNull();
        for (int i = 0; i < limits.length; i++) {
            var asked = new Asked(driver, PoolDriver.MODEL, 1, new Demand(20, 0));
            driver.pool.lease(asked.request.pin("a" + i).now(), driver.now);
            assertThat(asked.lease).as("a%d has room for it", i).isNotNull();
        }
    }
}
