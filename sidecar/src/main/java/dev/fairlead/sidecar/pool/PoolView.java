package dev.fairlead.sidecar.pool;

import java.util.List;

/**
 * A pool as it stands, for metrics and {@code /debug/keys}. Holds no key material.
 *
 * @param pool {@code namespace/name}
 * @param waiting calls in the waiting room
 * @param inFlight leases that are out
 * @param headroomPercent what is left of the tightest limits over all accounts, 0 to 100; -1 when no limit is known
 * @param exhaustsInMs when nothing is left at the present pace; -1 when it does not come to that
 */
public record PoolView(
        String pool,
        String provider,
        int waiting,
        int inFlight,
        int headroomPercent,
        long exhaustsInMs,
        List<KeyView> keys) {
    /**
     * One key.
     *
     * @param state {@code Available}, {@code Parked} (at a limit), {@code Suspended} (its account has nothing to spend), {@code
     *     Invalid} (refused by the provider), both until it takes a call again, {@code Expired} (past its notAfter) or {@code
     *     Draining} (weight 0)
     * @param availableInMs until the earliest recovery; 0 when available, or the next call tries whether it has recovered
     * @param models models that the key's account was asked for lately
     */
    public record KeyView(
            String name,
            String quotaGroup,
            String fingerprint,
            int weight,
            int priority,
            String state,
            String reason,
            long availableInMs,
            int inFlight,
            List<ModelView> models) {}

    /**
     * One model of a key's account.
     *
     * @param reason why it rests, the failure class's wire name; empty when it does not
     * @param availableInMs what is left of the rest
     * @param headroomPercent what is left of the tightest limit, 100 where none is known
     * @param limit the limit that keeps the next call back, {@code null} when none does
     * @param inFlight the account's calls for the model on their way, with whichever key
     * @param recovering whether calls return in steps after a rest
     */
    public record ModelView(
            String model,
            String reason,
            long availableInMs,
            int headroomPercent,
            String limit,
            int inFlight,
            boolean recovering) {}
}
