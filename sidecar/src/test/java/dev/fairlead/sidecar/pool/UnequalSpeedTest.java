package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two accounts that are alike but for how they answer. */
class UnequalSpeedTest {
    private final Simulation sim = new Simulation(PoolFiguresTest.pool("Headroom", null, 1_000, "a", "b"), 29);

    @Test
    void a_slower_account_gets_less_and_not_nothing() {
        sim.provider.slowerMs.put("b", 2_000);
        calls(1_200, 300_000);

        assertThat(sim.served).isEqualTo(sim.asked);
        assertThat(share("b")).isBetween(0.002, 0.2);
    }

    @Test
    void a_much_slower_account_is_tried_now_and_then_also_where_few_calls_come() {
        sim.provider.slowerMs.put("b", 5_000);
        calls(30, 3_600_000);

        assertThat(share("b")).isBetween(0.01, 0.2);
    }

    @Test
    void an_account_that_has_been_slow_gets_its_part_again() {
        sim.provider.slowerMs.put("b", 2_000);
        calls(1_200, 120_000);
        sim.provider.slowerMs.clear();
        calls(1_200, 60_000);
        sim.byAccount.clear();
        calls(1_200, 120_000);

        assertThat(share("b")).isBetween(0.4, 0.6);
    }

    @Test
    void an_account_that_fails_at_once_does_not_look_fast() {
        sim.provider.broken.add("b");
        calls(1_200, 300_000);

        assertThat(share("b")).isBetween(0.001, 0.05);
        assertThat(sim.served).isGreaterThan(sim.asked * 95 / 100);
    }

    @Test
    void an_account_that_has_failed_is_tried_now_and_then_also_where_few_calls_come() {
        sim.provider.broken.add("b");
        calls(6, 3_600_000);

        assertThat(share("b")).isBetween(0.02, 0.4);
    }

    @Test
    void an_account_that_has_failed_gets_its_part_again() {
        sim.provider.broken.add("b");
        calls(1_200, 120_000);
        sim.provider.broken.clear();
        calls(1_200, 60_000);
        sim.byAccount.clear();
        calls(1_200, 120_000);

        assertThat(share("b")).isBetween(0.4, 0.6);
    }

    private void calls(double perMinute, long forMs) {
        sim.arrivals(perMinute, forMs, () -> sim.call(30_000));
        sim.time.runOut();
    }

    private double share(String account) {
        double all = sim.byAccount.values().stream().mapToInt(calls -> calls).sum();
        return sim.byAccount.getOrDefault(account, 0) / all;
    }
}
