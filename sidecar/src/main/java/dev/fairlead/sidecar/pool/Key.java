package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.HashMap;
import java.util.Map;

/** One provider key: what belongs to it alone. Kept by fingerprint over config swaps. */
final class Key {
    private static final int MAX_MODELS = 128;

    private final WallClock clock;
    private final CoolDown quarantine = new CoolDown();
    private final Map<String, CoolDown> modelRests = new HashMap<>(2);
    private KeyConfig config;
    private Account account;
    private int order;
    private boolean retired;
    private int inFlight;
    private int refusals;

    Key(WallClock clock) {
        this.clock = clock;
    }

    void configure(KeyConfig newConfig, Account newAccount, int newOrder) {
        config = newConfig;
        account = newAccount;
        order = newOrder;
        retired = false;
    }

    void retire() {
        retired = true;
    }

    KeyConfig config() {
        return config;
    }

    Account account() {
        return account;
    }

    /** Its place in the pool's list. */
    int order() {
        return order;
    }

    int weight() {
        return retired ? 0 : config.weight();
    }

    boolean expired(long nowMs) {
        return config.notAfterMs() != null && clock.past(config.notAfterMs(), nowMs);
    }

    boolean serves(String model) {
        return weight() > 0 && ModelPatterns.match(config.models(), model);
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
        refusals = 0;
    }

    /**
     * The provider refused the key itself: longer each time, so that a revoked key costs few calls and a mended one returns.
     * Calls that were on their way at the first refusal tell nothing new.
     */
    void quarantine(long nowMs, long forMs, long maxMs, FailureClass why) {
        int times = quarantine.rests(nowMs) ? 0 : refusals++;
        quarantine.extend(nowMs + Math.min(maxMs, forMs << Math.min(times, 10)), 0, why);
    }

    CoolDown quarantine() {
        return quarantine;
    }

    /**
     * The rest of this key alone for a model; made when it is not there, in place of the one that ends first
     * when there are too many.
     */
    CoolDown restFor(String model) {
        var rest = modelRests.get(model);
        if (rest == null && modelRests.size() >= MAX_MODELS) {
            dropEarliest(); // Clients choose names where a route takes any model.
        }
        if (rest == null) {
            rest = new CoolDown();
            modelRests.put(model, rest);
        }
        return rest;
    }

    private void dropEarliest() {
        String earliest = null;
        for (var entry : modelRests.entrySet()) {
            if (earliest == null
                    || entry.getValue().until() < modelRests.get(earliest).until()) {
                earliest = entry.getKey();
            }
        }
        modelRests.remove(earliest);
    }

    Map<String, CoolDown> modelRests() {
        return modelRests;
    }

    /** When this key may serve the model, as far as the key itself decides; {@link Long#MAX_VALUE} for never. */
    long opensAt(String model, long nowMs) {
        if (weight() == 0 || expired(nowMs)) {
            return Long.MAX_VALUE;
        }
        var rest = modelRests.isEmpty() ? null : modelRests.get(model);
        return rest == null ? quarantine.opensAt() : Math.max(quarantine.opensAt(), rest.opensAt());
    }

    /** What about the key itself keeps calls back at this moment; {@code null} for nothing. */
    FailureClass cause(String model, long nowMs) {
        if (quarantine.rests(nowMs)) {
            return quarantine.cause();
        }
        var rest = modelRests.get(model);
        return rest != null && rest.rests(nowMs) ? rest.cause() : null;
    }
}
