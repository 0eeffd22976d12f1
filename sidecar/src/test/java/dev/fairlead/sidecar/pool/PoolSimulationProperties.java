package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for any pool, load and provider, in minutes of virtual time. */
class PoolSimulationProperties {
    /** Refusals in a row beyond what was taken before them that are no storm: calls differ in size and cross on their way. */
    private static final int A_FEW = 10;

    /** One history: its numbers are drawn from the seed. */
    private static final class History {
        final Random draw;
        final PoolConfig config;
        final Simulation sim;
        final int requestsPerMinute;
        final int tokensPerMinute;
        /** Of a call, as a share of its account's tokens of a minute. */
        double largest = 1;

        History(long seed, boolean limitsKnown) {
            draw = new Random(seed);
            requestsPerMinute = 5 + draw.nextInt(100);
            tokensPerMinute = 2_000 + draw.nextInt(20_000);
            var limits = new QuotaLimits(
                    null,
                    (long) requestsPerMinute,
                    null,
                    null,
                    null,
                    (long) tokensPerMinute,
                    null,
                    null,
                    draw.nextBoolean() ? null : (long) (1 + draw.nextInt(10)));
            var accounts = new ArrayList<String>();
            for (int i = 0; i <= draw.nextInt(6); i++) {
                accounts.add("account-" + i + "*" + (1 + draw.nextInt(3)));
            }
            var strategy =
                    List.of("Headroom", "RoundRobin", "Weighted", "FillFirst").get(draw.nextInt(4));
            config =
                    PoolFiguresTest.pool(strategy, limitsKnown ? limits : null, 2_000, accounts.toArray(String[]::new));
            sim = new Simulation(config, seed);
            sim.provider.requestsPerMinute = requestsPerMinute;
            sim.provider.tokensPerMinute = tokensPerMinute;
        }

        /** Several tenants with calls of all sizes and urgencies, some of which leave before they are answered. */
        void load(double ofCapacity, long forMs, boolean aborts) {
            double perMinute =
                    Math.max(1, ofCapacity * requestsPerMinute * config.keys().size());
            sim.arrivals(perMinute, forMs, () -> {
                long tokens = 1 + (long) (Math.pow(draw.nextDouble(), 3) * largest * tokensPerMinute);
                var urgencies = List.of(Urgency.values());
                var urgency = urgencies.get(draw.nextInt(urgencies.size()));
                var call = sim.call("tenant-" + draw.nextInt(4), urgency, tokens, 1_000 + draw.nextInt(29_000));
                if (aborts && draw.nextInt(5) == 0) {
                    sim.time.after(draw.nextInt(2_000), call::abort);
                }
            });
            sim.time.runOut();
        }

        void nothingIsLeft() {
            assertThat(sim.served + sim.failed + sim.aborted + sim.refusedAtOnce + sim.refusedLate)
                    .as("everybody is answered once")
                    .isEqualTo(sim.asked);
            assertThat(sim.tooLate).as("answered after the deadline").isZero();
            assertThat(sim.pool.view(sim.time.now()).inFlight()).as("leaked").isZero();
            assertThat(sim.pool.view(sim.time.now()).waiting()).isZero();
        }
    }

    @Property(tries = 40)
    void no_account_is_ever_over_a_limit_that_is_known(@ForAll long seed) {
        var history = new History(seed, true);
        history.load(0.3 + 2 * history.draw.nextDouble(), 180_000, false);

        history.nothingIsLeft();
        assertThat(history.sim.provider.rejected)
                .as("turned away by the provider")
                .isZero();
    }

    @Property(tries = 50)
    void calls_that_leave_and_calls_that_fail_leak_nothing(@ForAll long seed) {
        var history = new History(seed, true);
        history.sim.provider.faults = 0.1;
        history.load(1 + history.draw.nextDouble(), 180_000, true);

        history.nothingIsLeft();
    }

    @Property(tries = 50)
    void where_nobody_knows_the_limit_there_is_one_storm_of_refusals_and_no_second(@ForAll long seed) {
        var history = new History(seed, false);
        history.load(0.5 + 3 * history.draw.nextDouble(), 300_000, history.draw.nextBoolean());

        history.nothingIsLeft();
        assertThat(history.sim.provider.secondStorm).isLessThanOrEqualTo(A_FEW);
    }

    @Property(tries = 40)
    void others_who_use_the_same_accounts_cost_refusals_but_no_promise(@ForAll long seed) {
        var history = new History(seed, true);
        history.sim.provider.othersUse = 0.5 * history.draw.nextDouble();
        // One that others never leave room for is refused as often as it is asked, which is no storm.
        history.largest = 1 - history.sim.provider.othersUse;
        history.load(1.2, 180_000, true);

        history.nothingIsLeft();
        assertThat(history.sim.provider.secondStorm).isLessThanOrEqualTo(A_FEW);
    }

    @Property(tries = 20)
    void calls_that_others_never_leave_room_for_leak_nothing(@ForAll long seed) {
        var history = new History(seed, true);
        history.sim.provider.othersUse = 0.5;
        history.load(1.2, 180_000, true);

        history.nothingIsLeft();
    }

    @Property(tries = 40)
    void nobody_starves_who_has_time(@ForAll long seed) {
        var history = new History(seed, true);
        var sim = history.sim;
        double others = 1.5 * history.requestsPerMinute * history.config.keys().size();
        sim.arrivals(others, 240_000, () -> sim.call("many", Urgency.INTERACTIVE, 10, 5_000));
        var few = new ArrayList<Simulation.Call>();
        sim.arrivals(2, 200_000, () -> few.add(sim.call("few", Urgency.NORMAL, 10, 30_000)));
        sim.time.runOut();

        history.nothingIsLeft();
        // An eighth of an account of five calls a minute is less than the two that come.
        assertThat(few).filteredOn(call -> call.grantedAt >= 0).hasSizeGreaterThanOrEqualTo(few.size() / 2);
    }
}
