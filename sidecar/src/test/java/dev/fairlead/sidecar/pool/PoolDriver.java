package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A pool under a clock that a test moves: time passes only when told, and the alarm rings on the way. */
final class PoolDriver {
    static final String MODEL = "gpt-4o";

    long now = 1_000;
    private long alarmAt = Long.MAX_VALUE;
    final KeyPool pool;

    PoolDriver(PoolConfig config) {
        pool = new KeyPool(config, AdmissionRule.CAUTIOUS, at -> alarmAt = Math.min(alarmAt, at), 0, now);
    }

    static PoolConfig config(WaitConfig waiting, String strategy, String... keys) {
        var configs = new ArrayList<KeyConfig>();
        for (var key : keys) {
            var weight = key.contains("*") ? Integer.parseInt(key.substring(key.indexOf('*') + 1)) : 1;
            var name = key.contains("*") ? key.substring(0, key.indexOf('*')) : key;
            var group = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            configs.add(new KeyConfig(name, group, weight, "fp-" + name, "sk-" + name));
        }
        return config(waiting, strategy, configs, List.of());
    }

    /** A pool of these keys, whose accounts have these limits. */
    static PoolConfig config(WaitConfig waiting, String strategy, List<KeyConfig> keys, List<QuotaGroupConfig> limits) {
        return new PoolConfig(
                "ns",
                "pool",
                "OpenAI",
                "http://x/v1",
                null,
                keys,
                strategy,
                new CoolDownConfig(30_000, 3_600_000, null),
                waiting,
                null,
                null,
                null,
                limits,
                null);
    }

    static PoolDriver of(String... keys) {
        return new PoolDriver(config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", keys));
    }

    /** What a request heard. */
    static final class Asked implements LeaseListener {
        Lease lease;
        LeaseRefusal refusal;
        long answeredAt = -1;
        Runnable heard = () -> {};
        private final PoolDriver driver;
        final LeaseRequest request;

        Asked(PoolDriver driver, String model, long bytes) {
            this(driver, model, bytes, Demand.ONE_CALL);
        }

        Asked(PoolDriver driver, String model, long bytes, Demand demand) {
            this.driver = driver;
            this.request = new LeaseRequest(this, model, bytes, demand);
        }

        @Override
        public void granted(Lease newLease) {
            if (answeredAt >= 0) {
                throw new AssertionError("answered twice");
            }
            lease = newLease;
            answeredAt = driver.now;
            heard.run();
        }

        @Override
        public void refused(LeaseRefusal newRefusal) {
            if (answeredAt >= 0) {
                throw new AssertionError("answered twice");
            }
            refusal = newRefusal;
            answeredAt = driver.now;
        }

        boolean pending() {
            return answeredAt < 0;
        }
    }

    Asked ask() {
        var asked = new Asked(this, MODEL, 100);
        pool.lease(asked.request.now(), now);
        return asked;
    }

    /** For this model. */
    Asked ask(String model) {
        var asked = new Asked(this, model, 100);
        pool.lease(asked.request.now(), now);
        return asked;
    }

    Asked askUntil(long deadlineMs) {
        var asked = new Asked(this, MODEL, 100);
        pool.lease(asked.request.until(deadlineMs), now);
        return asked;
    }

    void serve(Lease lease) {
        pool.accepted(lease, LimitSnapshot.NOTHING, now);
        pool.settle(lease, Outcome.SERVED, Spent.UNKNOWN, now);
    }

    void fail(Lease lease, FailureClass failure, long resetMs, Tag... tags) {
        var reset = resetMs < 0 ? OptionalLong.empty() : OptionalLong.of(resetMs);
        pool.settle(
                lease,
                new Outcome.Failed(new Verdict(failure, failure.usualScope(), reset, Set.of(tags), "test")),
                Spent.UNKNOWN,
                now);
    }

    /** Lets time pass; the alarm rings when it is due. */
    void pass(long ms) {
        long until = now + ms;
        while (alarmAt <= until) {
            now = Math.max(now, alarmAt);
            alarmAt = Long.MAX_VALUE;
            pool.tick(now);
        }
        now = until;
    }

    PoolView view() {
        return pool.view(now);
    }

    static List<String> states(PoolView view) {
        return view.keys().stream().map(PoolView.KeyView::state).toList();
    }
}
