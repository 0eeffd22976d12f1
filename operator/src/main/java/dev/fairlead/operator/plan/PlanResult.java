package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.provider.LimitUse;
import java.util.List;
import java.util.Map;

/**
 * What became of a load.
 *
 * @param calls that were made
 * @param served those that were answered
 * @param notServed the others, by error code
 * @param tooLarge of the others, those that ask for more than a limit of every account allows at all
 * @param waited calls that waited for a key, for whatever time
 * @param waits of served calls
 * @param mostAtOnce calls on their way or waiting at once
 * @param binds what made a call wait or be refused first; {@code null} when none did
 * @param leaks leases that calls forgot: always 0, or there is a bug
 */
public record PlanResult(
        int calls,
        int served,
        Map<String, Long> notServed,
        int tooLarge,
        int waited,
        Waits waits,
        int mostAtOnce,
        Binding binds,
        List<Pool> pools,
        long leaks) {

    /**
     * One pool.
     *
     * @param admitted calls that its provider let in
     * @param refusedByProvider calls that its provider turned away for a limit, and that went on elsewhere or waited
     */
    public record Pool(String id, long admitted, long refusedByProvider, List<LimitUse> limits) {}

    /** Whether there were calls and every one was answered. */
    public boolean holds() {
        return calls > 0 && served == calls;
    }

    /** Share of the calls that were answered, 0 to 1. */
    public double servedShare() {
        return calls == 0 ? 1 : (double) served / calls;
    }
}
