package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.world.ObjectRef;

/** How KeyPools stand by what sidecars report. Safe on every thread. */
public interface Standings {
    /** Of one pool, now. Answers from memory. */
    PoolStanding of(ObjectRef pool);

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
