package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.provider.AdmissionRule;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * Ten calls wait for each of a thousand accounts, and for no other: a call that ends costs as little as if nobody else waited.
 * The figure is printed; the bar is generous, since machines are noisy, and fails when an end looks at every queue.
 */
class PinnedWaitersTest {
    private static final int ACCOUNTS = 1_000;
    private static final int ENDS = 50_000;

    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private long now = 1_000_000;
    private int served;

    @Test
    void an_end_looks_at_those_who_wait_for_its_account_and_not_at_ten_thousand_others() {
        var accounts = new ArrayList<String>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add("account-" + i);
        }
        var config =
                PoolFiguresTest.pool("Headroom", PoolFiguresTest.atOnce(1), 20_000, accounts.toArray(String[]::new));
        var pool = new KeyPool(config, AdmissionRule.CAUTIOUS, at -> {}, 1, now);
        for (int i = 0; i < 11 * ACCOUNTS; i++) {
            ask(pool, i % ACCOUNTS);
        }
        assertThat(pool.view(now).waiting()).isEqualTo(10 * ACCOUNTS);
        var cpu = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ENDS / ACCOUNTS; round++) {
            now += 10;
            long started = cpu.getCurrentThreadCpuTime();
            for (int i = 0; i < ACCOUNTS; i++) {
                held.poll().run();
            }
            best = Math.min(best, cpu.getCurrentThreadCpuTime() - started);
        }
        double us = best / 1_000.0 / ACCOUNTS;

        System.out.printf(
                "pinned: 10,000 wait for 1,000 accounts: %.2f us to settle a call, grant to the next, and let one more wait%n",
                us);
        assertThat(served).as("each gets its account").isEqualTo(ENDS + ACCOUNTS);
        assertThat(us).isLessThan(50);
    }

    private void ask(KeyPool pool, int account) {
        var listener = new LeaseListener() {
            @Override
            public void granted(Lease lease) {
                assertThat(lease.group()).isEqualTo("account-" + account);
                served++;
                held.add(() -> {
                    pool.settle(lease, Outcome.SERVED, Spent.UNKNOWN, now);
                    ask(pool, account);
                });
            }

            @Override
            public void refused(LeaseRefusal refusal) {
                throw new AssertionError(refusal.toString());
            }
        };
        var request = new LeaseRequest(listener, "m", 100, new Demand(100, 100)).pin("account-" + account);
        pool.lease(request.until(now + 29_000), now);
    }
}
