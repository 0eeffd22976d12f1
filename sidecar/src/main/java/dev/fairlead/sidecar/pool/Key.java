package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.HashMap;
import java.util.Map;

/** One provider key: what belongs to it alone. Kept by fingerprint over config swaps. */
final class Key {
    private static final int MAX_MODELS = 128;

    private KeyConfig config;
    private QuotaGroup group;
    private boolean retired;
    private int inFlight;
    private int credentialFailures;
    private long quarantinedUntil = Times.PAST;
    private final Map<String, Rest> modelRests = new HashMap<>(2);
    private double turn;

    private record Rest(long until, FailureClass cause) {}

    Key(KeyConfig config, QuotaGroup group) {
        configure(config, group);
    }

    void configure(KeyConfig newConfig, QuotaGroup newGroup) {
        config = newConfig;
        group = newGroup;
        retired = false;
    }

    void retire() {
        retired = true;
    }

    KeyConfig config() {
        return config;
    }

    QuotaGroup group() {
        return group;
    }

    int weight() {
        return retired ? 0 : config.weight();
    }

    int inFlight() {
        return inFlight;
    }

    void granted() {
        inFlight++;
    }

    void released() {
        inFlight--;
    }

    void accepted() {
        credentialFailures = 0;
    }

    /**
     * The provider refused the key itself: longer each time, so that a revoked key costs few calls and a mended one returns.
     * Calls that were on their way at the first refusal tell nothing new.
     */
    void quarantine(long nowMs, long forMs, long maxMs) {
        int times = quarantinedUntil > nowMs ? 0 : credentialFailures++;
        quarantinedUntil = Math.max(quarantinedUntil, nowMs + Math.min(maxMs, forMs << Math.min(times, 10)));
    }

    long quarantinedUntil() {
        return quarantinedUntil;
    }

    /** This key alone rests for this model; an earlier end than the one already known is ignored. */
    void restModel(String model, long untilMs, FailureClass why) {
        if (modelRests.size() < MAX_MODELS || modelRests.containsKey(model)) {
            modelRests.merge(
                    model, new Rest(untilMs, why), (known, later) -> later.until > known.until ? later : known);
        }
    }

    /** When this key and its group may serve the model, as far as time decides. */
    long availableAt(String model, long nowMs) {
        var until = Math.max(quarantinedUntil, group.coolUntil());
        if (!modelRests.isEmpty()) {
            var rest = modelRests.get(model);
            if (rest != null) {
                until = Math.max(until, rest.until);
            }
        }
        return Math.max(until, group.model(model, nowMs).coolUntil());
    }

    boolean admits(String model, long nowMs) {
        return weight() > 0
                && availableAt(model, nowMs) <= nowMs
                && group.model(model, nowMs).admits(nowMs);
    }

    /** What keeps the key back at this moment; meaningful only when {@link #availableAt} is in the future. */
    FailureClass cause(String model, long nowMs) {
        if (quarantinedUntil > nowMs) {
            return FailureClass.CREDENTIAL;
        }
        if (group.coolUntil() > nowMs) {
            return group.cause();
        }
        var rest = modelRests.get(model);
        return rest != null && rest.until > nowMs
                ? rest.cause
                : group.model(model, nowMs).cause();
    }

    /** Place in the weighted rotation; see {@link RoundRobin}. */
    double turn() {
        return turn;
    }

    void turn(double newTurn) {
        turn = newTurn;
    }
}
