package dev.fairlead.sidecar.pool;

/**
 * What a call would come to.
 *
 * @param key the name of the key that it would get at once, {@code null} for none
 * @param refusal why there is none at once, {@code null} when there is one
 * @param waits whether it would be let in to wait for one
 */
public record Prediction(String key, LeaseRefusal refusal, boolean waits) {
    static Prediction served(String key) {
        return new Prediction(key, null, false);
    }

    /** @param until what keeps it back, and for how long */
    static Prediction waits(LeaseRefusal until) {
        return new Prediction(null, until, true);
    }

    static Prediction refused(LeaseRefusal refusal) {
        return new Prediction(null, refusal, false);
    }
}
