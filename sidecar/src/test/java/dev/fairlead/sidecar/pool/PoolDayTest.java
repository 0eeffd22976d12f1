package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day of traffic over a thousand keys, in the seconds that it takes: with a quiet night, a busy noon and bursts. */
class PoolDayTest {
    private static final long HOUR = 3_600_000;

    @ParameterizedTest
    @ValueSource(longs = {6, 2026})
    void a_day_over_a_thousand_keys_keeps_every_promise(long seed) {
        var accounts = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            accounts.add("account-" + i);
        }
        var limits = PoolFiguresTest.perMinute(2, null);
        var sim =
                new Simulation(PoolFiguresTest.pool("Headroom", limits, 10_000, accounts.toArray(String[]::new)), seed);
        sim.provider.requestsPerMinute = 2;
        long started = System.nanoTime();
        for (int hour = 0; hour < 24; hour++) {
            double perMinute = 20 + 180 * Math.max(0, Math.sin(Math.PI * (hour - 6) / 14));
            sim.arrivals(
                    perMinute, HOUR, () -> sim.call("tenant-" + sim.random.nextInt(20), Urgency.NORMAL, 10, 20_000));
            if (hour % 4 == 3) { // More at once than all accounts may take in a minute.
                for (int i = 0; i < 3_000; i++) {
                    sim.call("tenant-" + i % 20, Urgency.NORMAL, 10, 20_000);
                }
            }
            sim.time.runUntil(sim.time.now() + HOUR);
        }
        sim.time.runOut();
        long seconds = (System.nanoTime() - started) / 1_000_000_000;

        System.out.printf(
                "a day over 1,000 keys: %d calls, %d served, %d refused at once, %d late, %d turned away by the provider, in %d s%n",
                sim.asked, sim.served, sim.refusedAtOnce, sim.refusedLate, sim.provider.rejected, seconds);
        assertThat(sim.served + sim.refusedAtOnce + sim.refusedLate)
                .as("everybody is answered")
                .isEqualTo(sim.asked);
        assertThat(sim.tooLate).as("after the deadline").isZero();
        // Who has several calls waiting lets others go first who come later, and nobody knows how many will come.
        assertThat(sim.refusedLate).as("waited in vain").isLessThanOrEqualTo(sim.asked / 10_000);
        assertThat(sim.provider.rejected).as("no account over its limit").isZero();
        assertThat(sim.provider.mostInAMinute).isLessThanOrEqualTo(2);
        assertThat(sim.served).as("what fits is served").isGreaterThan(sim.asked * 9 / 10);
        assertThat(sim.pool.view(sim.time.now()).inFlight()).isZero();
        assertThat(sim.pool.view(sim.time.now()).waiting()).isZero();
    }
}
