package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * What a choice costs with a thousand keys and ten thousand waiters: a call ends, the next in line gets its key. The figure is
 * printed; the bar is generous, since machines are noisy, and fails when a choice looks at everything.
 */
class ChoiceCostTest {
    private static final int CHOICES = 40_000;
    private static final int AT_ONCE = 500;

    private final ArrayDeque<Lease> held = new ArrayDeque<>();
    private long now = 1_000_000;

    @Test
    void a_choice_looks_at_few_of_a_thousand_keys_and_ten_thousand_waiters() {
        for (var strategy : new String[] {"Headroom", "RoundRobin", "Weighted", "FillFirst"}) {
            var first = measure(strategy);
            var second = measure(strategy);
            double choice = Math.min(first.choiceUs, second.choiceUs);
            System.out.printf(
                    "1,000 keys, 10,000 waiters, %s: %.2f us to settle a call, choose the next and its key, and grant it;"
                            + " %.2f us to let one more wait, its wait predicted%n",
                    strategy, choice, Math.min(first.parkUs, second.parkUs));
            assertThat(choice).isLessThan(50);
        }
    }

    private record Cost(double choiceUs, double parkUs) {}

    private Cost measure(String strategy) {
        var accounts = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            accounts.add("account-" + i);
        }
        var config = PoolFiguresTest.pool(strategy, PoolFiguresTest.atOnce(1), 20_000, accounts.toArray(String[]::new));
        var pool = new KeyPool(config, AdmissionRule.CAUTIOUS, at -> {}, 1, now);
        held.clear();
        for (int i = 0; i < 11_000; i++) {
            ask(pool, i);
        }
        assertThat(pool.view(now).waiting()).isGreaterThanOrEqualTo(9_000);
        long choosing = 0;
        long parking = 0;
        var cpu = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < CHOICES / AT_ONCE; round++) {
            boolean warm = round >= CHOICES / AT_ONCE / 4;
            now += 10;
            long started = cpu.getCurrentThreadCpuTime();
            for (int i = 0; i < AT_ONCE; i++) {
                var lease = held.poll();
                pool.accepted(lease, LimitSnapshot.NOTHING, now);
                pool.settle(lease, Outcome.SERVED, Spent.UNKNOWN, now);
            }
            long between = cpu.getCurrentThreadCpuTime();
            for (int i = 0; i < AT_ONCE; i++) {
                ask(pool, i);
            }
            long ended = cpu.getCurrentThreadCpuTime();
            choosing += warm ? between - started : 0;
            parking += warm ? ended - between : 0;
        }
        double counted = CHOICES * 0.75 * 1_000;
        return new Cost(choosing / counted, parking / counted);
    }

    private void ask(KeyPool pool, int i) {
        var request = new LeaseRequest(
                        new LeaseListener() {
                            @Override
                            public void granted(Lease lease) {
                                held.add(lease);
                            }

                            @Override
                            public void refused(LeaseRefusal refusal) {}
                        },
                        "m",
                        100,
                        new Demand(100, 100))
                .onBehalfOf("tenant-" + i % 50, 1 + i % 3);
        pool.lease(request.until(now + 29_000), now);
    }
}
