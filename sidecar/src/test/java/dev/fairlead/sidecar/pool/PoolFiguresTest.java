package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pool promises in figures, each in virtual time against a provider that keeps its own books. */
class PoolFiguresTest {
    static PoolConfig pool(String strategy, QuotaLimits limits, int maxDepth, String... accounts) {
        var keys = new ArrayList<KeyConfig>();
        var groups = new ArrayList<QuotaGroupConfig>();
        for (var account : accounts) {
            var parts = account.split("\\*");
            int weight = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            keys.add(new KeyConfig(parts[0], parts[0], weight, "fp-" + parts[0], "sk-" + parts[0]));
            if (limits != null) {
                groups.add(new QuotaGroupConfig(parts[0], List.of(limits)));
            }
        }
        return PoolDriver.config(new WaitConfig(30_000, maxDepth, 1L << 30), strategy, keys, groups);
    }

    static QuotaLimits perMinute(long requests, Long burst) {
        return new QuotaLimits(null, requests, null, null, null, null, null, null, burst);
    }

    static QuotaLimits atOnce(long calls) {
        return new QuotaLimits(null, null, null, null, null, null, null, calls, null);
    }

    @Test
    void a_load_just_below_three_limits_is_served_without_an_error() {
        for (Long burst : new Long[] {null, 5L}) {
            var sim = new Simulation(pool("Headroom", perMinute(60, burst), 1_000, "a", "b", "c"), 7);
            sim.provider.requestsPerMinute = 60;
            sim.arrivals(170, 300_000, () -> sim.call(30_000));
            sim.time.runOut();

            assertThat(sim.refusedAtOnce + sim.refusedLate).as("client errors").isZero();
            assertThat(sim.served).isEqualTo(sim.asked);
            assertThat(sim.provider.rejected).as("429s").isLessThanOrEqualTo(sim.asked / 100);
            assertThat(sim.provider.mostInAMinute).isLessThanOrEqualTo(60);
        }
    }

    @Test
    void of_a_load_far_above_the_limits_as_much_is_served_as_fits_and_the_rest_is_refused_at_once() {
        for (Long burst : new Long[] {null, 5L}) {
            var sim = new Simulation(pool("Headroom", perMinute(60, burst), 1_000, "a", "b", "c"), 11);
            sim.provider.requestsPerMinute = 60;
            sim.arrivals(300, 600_000, () -> sim.call(30_000));
            sim.time.runUntil(sim.time.now() + 600_000);
            long capacity = 3 * 60 * 10;

            System.out.printf(
                    "overload (burst %s): %d of %d served, %d refused at once, %d late%n",
                    burst, sim.served, capacity, sim.refusedAtOnce, sim.refusedLate);
            assertThat(sim.provider.taken).isGreaterThanOrEqualTo(capacity * 97 / 100);
            assertThat(sim.refusedLate).as("refused after waiting").isLessThanOrEqualTo(sim.asked / 100);
            assertThat(sim.provider.rejected).isZero();
            assertThat(sim.tooLate).isZero();
        }
    }

    @Test
    void what_is_let_in_to_wait_is_served_in_time_also_at_a_provider_that_takes_calls_at_a_pace() {
        for (long burst : new long[] {1, 4, 20}) {
            var sim = new Simulation(pool("Headroom", perMinute(60, burst), 1_000, "a", "b", "c"), 23);
            sim.provider.requestsPerMinute = 60;
            sim.provider.burst = burst;
            sim.provider.wayMs = 3;
            sim.arrivals(300, 300_000, () -> sim.call(30_000));
            sim.time.runUntil(sim.time.now() + 300_000);

            System.out.printf(
                    "overload at a pace (burst %d): %d taken, %d refused at once, %d late, %d turned away%n",
                    burst, sim.provider.taken, sim.refusedAtOnce, sim.refusedLate, sim.provider.rejected);
            assertThat(sim.refusedLate).as("waited in vain").isZero();
            assertThat(sim.provider.taken).isGreaterThanOrEqualTo(3 * 300 * 97 / 100);
        }
    }

    @Test
    void where_the_provider_turns_many_away_that_limits_would_let_pass_hardly_anybody_waits_in_vain() {
        var sim = new Simulation(pool("Headroom", perMinute(60, 1L), 1_000, "a", "b", "c"), 23);
        sim.provider.requestsPerMinute = 60;
        sim.provider.burst = 1;
        sim.provider.wayMs = 60; // Calls come closer together at the provider than they went.
        sim.arrivals(300, 300_000, () -> sim.call(30_000));
        sim.time.runUntil(sim.time.now() + 300_000);

        System.out.printf(
                "overload at an uneven pace: %d taken, %d refused at once, %d late, %d turned away%n",
                sim.provider.taken, sim.refusedAtOnce, sim.refusedLate, sim.provider.rejected);
        assertThat(sim.provider.rejected)
                .as("it is as bad as it is meant to be")
                .isGreaterThan(50);
        assertThat(sim.refusedLate).as("waited in vain").isLessThanOrEqualTo(sim.asked / 100);
    }

    @Test
    void a_provider_that_takes_calls_at_a_pace_is_not_asked_too_soon_though_ways_differ_by_milliseconds() {
        for (long burst : new long[] {1, 4, 20}) {
            for (double load : new double[] {0.6, 0.95, 1.5}) {
                var sim = new Simulation(pool("Headroom", perMinute(60, burst), 1_000, "a"), 19);
                sim.provider.requestsPerMinute = 60;
                sim.provider.burst = burst;
                sim.provider.wayMs = 3;
                sim.arrivals(60 * load, 600_000, () -> sim.call(30_000));
                sim.time.runUntil(sim.time.now() + 600_000);
                long capacity = (long) (600 * Math.min(1, load));

                System.out.printf(
                        "paced (burst %d, load %.2f): %d of %d taken, %d turned away by the provider%n",
                        burst, load, sim.provider.taken, capacity, sim.provider.rejected);
                assertThat(sim.provider.rejected).as("429s").isLessThanOrEqualTo(sim.provider.taken / 100);
                if (load > 1) {
                    assertThat(sim.provider.taken).isGreaterThanOrEqualTo(capacity * 97 / 100);
                }
            }
        }
    }

    @Test
    void a_provider_that_says_soon_that_it_has_taken_a_call_is_asked_at_its_own_pace() {
        for (int wayMs : new int[] {0, 3, 10}) {
            var sim = new Simulation(pool("Headroom", perMinute(60, 1L), 1_000, "a", "b", "c"), 29);
            sim.provider.requestsPerMinute = 60;
            sim.provider.burst = 1;
            sim.provider.wayMs = wayMs;
            sim.provider.statusMs = 1;
            sim.arrivals(300, 600_000, () -> sim.call(30_000));
            sim.time.runUntil(sim.time.now() + 600_000);

            System.out.printf(
                    "paced by status lines (ways of %d ms): %d of 1800 taken, %d turned away, %d late%n",
                    wayMs, sim.provider.taken, sim.provider.rejected, sim.refusedLate);
            assertThat(sim.provider.taken).isGreaterThanOrEqualTo(1_800 * 985 / 1_000);
            assertThat(sim.provider.rejected).isZero();
        }
    }

    @Test
    void who_waits_while_the_provider_grows_slower_to_say_that_it_has_taken_a_call_does_not_wait_in_vain() {
        var sim = new Simulation(pool("Headroom", perMinute(60, 1L), 1_000, "a", "b", "c"), 31);
        sim.provider.requestsPerMinute = 60;
        sim.provider.burst = 1;
        sim.provider.wayMs = 3;
        sim.provider.statusMs = 1;
        for (int slower = 0; slower < 5; slower++) {
            sim.time.after(120_000 + slower * 120_000, () -> sim.provider.statusMs = 40);
            sim.time.after(180_000 + slower * 120_000, () -> sim.provider.statusMs = 1);
        }
        sim.arrivals(300, 800_000, () -> sim.call(30_000));
        sim.time.runUntil(sim.time.now() + 800_000);

        System.out.printf("slower status lines: %d taken, %d late%n", sim.provider.taken, sim.refusedLate);
        assertThat(sim.refusedLate).isZero();
    }

    @Test
    void five_hundred_that_wait_for_one_moment_do_not_run_all_at_once() {
        var sim = new Simulation(pool("Headroom", null, 1_000, "a"), 3);
        sim.provider.requestsPerMinute = 0; // The first is turned away, for a second.
        sim.call(30_000);
        sim.time.runUntil(sim.time.now() + 100);
        for (int i = 1; i < 500; i++) {
            sim.call(29_000);
        }
        sim.provider.requestsPerMinute = Integer.MAX_VALUE;
        sim.grants.clear();
        sim.time.runOut();
        long earliest = sim.grants.get(0);

        assertThat(sim.grants).filteredOn(at -> at < earliest + 50).hasSize(1);
        assertThat(sim.grants)
                .filteredOn(at -> at < earliest + 3_000)
                .as("then all, and soon")
                .hasSize(500);
        assertThat(sim.served).isEqualTo(500);
    }

    @Test
    void eight_places_hold_under_a_thousand_clients_that_come_and_go() {
        var sim = new Simulation(pool("Headroom", atOnce(8), 10_000, "a"), 5);
        sim.provider.concurrency = Integer.MAX_VALUE;
        sim.provider.wayMs = 0;
        sim.provider.closingMs = 20; // It hears of a client that has gone later than we do.
        for (int client = 0; client < 1_000; client++) {
            comesAndGoes(sim, sim.time.now() + 60_000);
        }
        sim.time.runOut();

        assertThat(sim.provider.mostAtOnce).isEqualTo(8);
        assertThat(sim.provider.taken).isGreaterThan(500);
        assertThat(sim.pool.view(sim.time.now()).inFlight()).isZero();
        assertThat(sim.pool.view(sim.time.now()).waiting()).isZero();
    }

    private static void comesAndGoes(Simulation sim, long until) {
        sim.time.after(sim.random.nextInt(2_000), () -> {
            var call = sim.call(30_000);
            sim.time.after(sim.random.nextInt(1_000), () -> {
                call.abort();
                if (sim.time.now() < until) {
                    comesAndGoes(sim, until);
                }
            });
        });
    }

    @Test
    void weights_of_seven_to_three_are_kept_over_ten_thousand_calls() {
        var sim = new Simulation(pool("Weighted", null, 1_000, "a*7", "b*3"), 13);
        for (int i = 0; i < 10_000; i++) {
            sim.time.after(i / 2, () -> sim.call(30_000));
        }
        sim.time.runOut();

        assertThat(sim.byAccount.get("a")).isBetween(6_900, 7_100);
    }

    @Test
    void a_tenant_that_fills_the_pool_does_not_slow_down_one_that_asks_now_and_then() {
        var sim = new Simulation(pool("Headroom", atOnce(8), 10_000, "a"), 17);
        sim.arrivals(3_000, 120_000, () -> sim.call("batch", Urgency.BATCH, 2_000, 30_000));
        var waits = new ArrayList<Long>();
        var seen = new ArrayList<Simulation.Call>();
        sim.arrivals(60, 120_000, () -> seen.add(sim.call("people", Urgency.INTERACTIVE, 200, 30_000)));
        sim.time.runOut();
        seen.forEach(call -> waits.add(call.grantedAt - call.askedAt));
        waits.sort(null);

        long p99 = waits.get((int) Math.ceil(waits.size() * 0.99) - 1);
        System.out.printf(
                "interactive beside saturating batch: p50 %d ms, p99 %d ms of %d calls%n",
                waits.get(waits.size() / 2), p99, waits.size());
        assertThat(waits).allMatch(wait -> wait >= 0);
        assertThat(p99).isLessThan(100);
    }
}
