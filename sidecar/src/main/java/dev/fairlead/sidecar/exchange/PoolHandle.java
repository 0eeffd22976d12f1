package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.LeaseListener;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.LeaseRequest;
import dev.fairlead.sidecar.pool.Outcome;
import dev.fairlead.sidecar.pool.Pins;
import dev.fairlead.sidecar.pool.Prediction;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.function.Consumer;

/** A pool as any loop may use it: directly on its home loop, by message from the others. */
public final class PoolHandle {
    /** A call that leaves so long after its grant has its place in windows from when it leaves; they allow for ten times that. */
    public static final long LATE_MS = 25;

    private final KeyPool pool;
    private final Loop home;
    private final KeyCensus census;
    private final PoolLimits limits;

    public PoolHandle(KeyPool pool, Loop home) {
        this.pool = pool;
        this.home = home;
        this.census = new KeyCensus(pool);
        this.limits = new PoolLimits(pool::standing);
    }

    /** The pool itself, for its home loop. */
    public KeyPool pool() {
        return pool;
    }

    /** The loop that owns the pool. */
    public Loop home() {
        return home;
    }

    /** A listener to ask with for a model, whose answers arrive on the given loop. */
    LeaseListener on(Loop loop, LeaseListener listener, String model) {
        return loop == home ? listener : new Hop(this, model, loop, listener);
    }

    /** How many keys rest and why, as far as is known on this loop: {@code 2 rate_limit, 1 credential}; may be {@code null}. */
    String resting(String model) {
        if (home.inside()) {
            census.take(model, home.nowMs());
        }
        return census.of(model);
    }

    /** What all accounts have left of a model, as far as is known on this loop. */
    LimitSnapshot standing(String model) {
        if (home.inside()) {
            limits.take(model, home.nowMs());
        }
        return limits.of(model);
    }

    /** Which account holds what at the provider; on every loop. */
    Pins pins() {
        return pool.pins();
    }

    void lease(LeaseRequest request) {
        if (home.inside()) {
            pool.lease(request, home.nowMs());
        } else {
            home.execute(() -> pool.lease(request, home.nowMs()));
        }
    }

    /** What a call would come to now; the listener hears it on the given loop. */
    void predict(LeaseRequest request, Loop loop, Consumer<Prediction> listener) {
        if (home.inside()) {
            listener.accept(pool.predict(request, home.nowMs()));
        } else {
            home.execute(() -> {
                census.take(request.model(), home.nowMs()); // The other loop cannot.
                var prediction = pool.predict(request, home.nowMs());
                loop.execute(() -> listener.accept(prediction));
            });
        }
    }

    void cancel(LeaseRequest request) {
        if (home.inside()) {
            pool.cancel(request, home.nowMs());
        } else {
            home.execute(() -> pool.cancel(request, home.nowMs()));
        }
    }

    /** The call leaves. */
    void sent(Lease lease) {
        long nowMs = home.nowMs();
        if (lease.ageMs(nowMs) < LATE_MS) {
            return;
        }
        if (home.inside()) {
            pool.sent(lease, nowMs);
        } else {
            home.execute(() -> pool.sent(lease, nowMs));
        }
    }

    void accepted(Lease lease, LimitSnapshot limits) {
        if (home.inside()) {
            pool.accepted(lease, limits, home.nowMs());
        } else {
            home.execute(() -> pool.accepted(lease, limits, home.nowMs()));
        }
    }

    void heard(Lease lease, LimitSnapshot limits) {
        if (limits.equals(LimitSnapshot.NOTHING)) {
            return;
        }
        if (home.inside()) {
            pool.heard(lease, limits, home.nowMs());
        } else {
            home.execute(() -> pool.heard(lease, limits, home.nowMs()));
        }
    }

    void settle(Lease lease, Outcome outcome, Spent spent) {
        if (home.inside()) {
            pool.settle(lease, outcome, spent, home.nowMs());
        } else {
            home.execute(() -> pool.settle(lease, outcome, spent, home.nowMs()));
        }
    }

    private record Hop(PoolHandle pool, String model, Loop loop, LeaseListener listener) implements LeaseListener {
        @Override
        public void granted(Lease lease) {
            pool.limits.take(model, pool.home.nowMs()); // The other loop cannot.
            loop.execute(() -> listener.granted(lease));
        }

        @Override
        public void refused(LeaseRefusal refusal) {
            pool.census.take(model, pool.home.nowMs()); // The other loop cannot.
            loop.execute(() -> listener.refused(refusal));
        }
    }
}
