package dev.fairlead.operator.rollout;

import java.util.Optional;

/** Where the latest rollout is to be had. Safe on every thread. */
public interface RolloutSource {
    /** The latest; empty until the cluster has been read for the first time. */
    Optional<Rollout> latest();

    /** Calls {@code listener} after each rollout, in order, on the rollout thread: it must not block. */
    void onRollout(Runnable listener);
}
