package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.provider.AdmissionRule;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an event costs that may concern everybody, with a thousand accounts and ten thousand who wait: the loop does nothing else
 * meanwhile. Figures are printed; bars are generous, since machines are noisy.
 */
class EventCostTest {
    private static final int ACCOUNTS = 1_000;
    private static final int WAITERS = 10_000;
    private static final int TIMES = 200;

    private final List<Lease> held = new ArrayList<>();
    private final List<MeterShare> shares = new ArrayList<>();
    private KeyPool pool;
    private long now = 1_000_000;

    @BeforeEach
    void everybody_waits() {
        pool = new KeyPool(config(20_000), AdmissionRule.CAUTIOUS, at -> {}, 1, now);
        for (var reading : pool.report(Mode.LEASED, now, now).meters()) {
            shares.add(new MeterShare(reading.meter(), 1));
        }
        assertThat(shares).hasSize(ACCOUNTS);
        renew(shares);
        for (int i = 0; i < ACCOUNTS + WAITERS; i++) {
            ask(i);
        }
        assertThat(held).hasSize(ACCOUNTS);
        assertThat(pool.view(now).waiting()).isEqualTo(WAITERS);
    }

    @Test
    void a_renewal_of_shares_that_changes_none_looks_at_no_account() {
        var one = shares.get(0);
        double changed = us("a share that changes", i -> renew(List.of(new MeterShare(one.meter(), i % 2))));
        double same = us("a renewal of one share", i -> renew(List.of(one)));

        assertThat(same).isLessThan(changed / 4);
        assertThat(changed).isLessThan(10_000);
    }

    @Test
    void a_renewal_of_all_shares() {
        assertThat(us("a renewal of all shares", i -> renew(shares))).isLessThan(10_000);
    }

    @Test
    void a_new_configuration() {
        assertThat(us("a new configuration", i -> pool.configure(config(20_001 + i), now)))
                .isLessThan(50_000);
    }

    @Test
    void a_report() {
        assertThat(us("a report", i -> pool.report(Mode.LEASED, now, now))).isLessThan(50_000);
    }

    private interface Event {
        void happens(int i);
    }

    private double us(String what, Event event) {
        var cpu = ManagementFactory.getThreadMXBean();
        var each = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            now += 20;
            long started = cpu.getCurrentThreadCpuTime();
            event.happens(i);
            each[i] = cpu.getCurrentThreadCpuTime() - started;
        }
        Arrays.sort(each);
        double us = each[TIMES / 2] / 1_000.0;
        System.out.printf(
                "1,000 accounts, 10,000 waiters: %s costs %.0f us (p95 %.0f us)%n",
                what, us, each[TIMES * 95 / 100] / 1_000.0);
        return us;
    }

    private void renew(List<MeterShare> some) {
        pool.apply(new PoolAnswer("ns/pool", some, null, null), now);
    }

    private static PoolConfig config(int maxDepth) {
        var names = new ArrayList<String>();
        for (int i = 0; i < ACCOUNTS; i++) {
            names.add("account-" + i);
        }
        var local = PoolFiguresTest.pool("Headroom", PoolFiguresTest.atOnce(1), 20_000, names.toArray(String[]::new));
        return new PoolConfig(
                local.namespace(),
                local.name(),
                local.provider(),
                local.baseUrl(),
                null,
                local.keys(),
                local.strategy(),
                local.coolDown(),
                new WaitConfig(30_000, maxDepth, 1L << 30),
                null,
                null,
                null,
                local.quotaGroups(),
                new CoordinationConfig(Mode.LEASED, null));
    }

    private void ask(int i) {
        var listener = new LeaseListener() {
            @Override
            public void granted(Lease lease) {
                held.add(lease);
            }

            @Override
            public void refused(LeaseRefusal refusal) {
                throw new AssertionError(refusal.toString());
            }
        };
        var request = new LeaseRequest(listener, "m", 100, new Demand(100, 100)).onBehalfOf("tenant-" + i % 50, 1);
        pool.lease(request.until(now + 29_000), now);
    }
}
