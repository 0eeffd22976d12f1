package dev.fairlead.sidecar.pool;

import java.util.List;

/**
 * A pool as it stands, for metrics and {@code /debug/keys}. Holds no key material.
 *
 * @param pool {@code namespace/name}
 * @param waiting calls in the waiting room
 * @param inFlight leases that are out
 */
public record PoolView(String pool, String provider, int waiting, int inFlight, List<KeyView> keys) {
    /**
     * One key.
     *
     * @param state {@code Available}, {@code Parked} (a limit), {@code Suspended} (quota), {@code Invalid} (refused by the
     *     provider) or {@code Draining} (weight 0)
     * @param availableInMs until the earliest recovery; 0 when available
     * @param models models that rest for this key's account, with what is left of their cool-down in milliseconds
     */
    public record KeyView(
            String name,
            String quotaGroup,
            String fingerprint,
            int weight,
            String state,
            String reason,
            long availableInMs,
            int inFlight,
            List<ModelView> models) {}

    /** One model of a key's account. */
    public record ModelView(String model, String reason, long availableInMs, int headroomPercent) {}
}
