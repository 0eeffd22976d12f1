package dev.fairlead.sidecar.fleet;

import dev.fairlead.sidecar.config.CoordinationConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The pools of this process, as a fleet sees them. Safe on every thread; answers arrive on any. */
public interface FleetPools {
    /**
     * How they stand now.
     *
     * @param mode only pools with this {@code CoordinationConfig.Mode} have their meters in it, and of others only what a Redis
     *     divides is told, as {@link PoolReport#elsewhere}; rests, keys and the rest of a report are there for every pool
     */
    CompletionStage<List<PoolReport>> report(CoordinationConfig.Mode mode);

    /** Puts answers into force. */
    void apply(List<PoolAnswer> answers);

    /**
     * Whoever divides the limits of these pools does not answer: until it does, nobody gives them more than they have.
     *
     * @param ids {@code namespace/name} each
     */
    void alone(Set<String> ids);

    /** Calls back, on any thread and perhaps often, when a call waits for a share: the next report should not wait. */
    void onNeed(Runnable listener);
}
