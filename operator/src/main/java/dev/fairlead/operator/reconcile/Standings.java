package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.world.ObjectRef;
import java.util.List;
import java.util.Optional;

/** How KeyPools stand by what sidecars report. Safe on every thread. */
public interface Standings {
    /** Of one pool, now. Answers from memory. */
    PoolStanding of(ObjectRef pool);

    /**
     * Of one pool the models that its provider has told sidecars it has no longer, by the provider's names; empty as long as what was
     * known before still counts. Costs less than {@link #of}.
     */
    default Optional<List<String>> gone(ObjectRef pool) {
        var standing = of(pool);
        return standing.pending() ? Optional.empty() : Optional.of(standing.gone());
    }

    /** Calls {@code listener} when some may stand otherwise; it does not block. */
    void onChange(Runnable listener);

    /** Where nobody reports anything. */
    Standings NONE = new Standings() {
        @Override
        public PoolStanding of(ObjectRef pool) {
            return PoolStanding.UNKNOWN;
        }

        @Override
        public void onChange(Runnable listener) {
            // Nothing changes.
        }
    };
}
