package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.HashMap;
import java.util.Map;

/** One provider key: what belongs to it alone. Kept by fingerprint over config swaps. */
final class Key {
    private static final int MAX_MODELS = 128;
    /** How long others look elsewhere while one call tries whether the provider takes the key again. */
    private static final long TRIAL_MS = 250;

    private final WallClock clock;
    private final CoolDown quarantine = new CoolDown();
    private final Map<String, CoolDown> modelRests = new HashMap<>(2);
    private KeyConfig config;
    private Account account;
    private int order;
    private boolean retired;
    private int inFlight;
    private int refusals;
    /** Whether it has been refused and nothing has shown since that it is good. */
    private boolean unproven;

    private Lease trial;

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

    /** A call goes with it; the first after a quarantine goes alone. */
    void granted(Lease lease) {
        inFlight++;
        if (unproven && trial == null) {
            trial = lease;
        }
    }

    void released() {
        inFlight--;
    }

    /** The provider has taken a call with it. True when that proves it good after a quarantine. */
    boolean accepted() {
        boolean proven = unproven;
        refusals = 0;
        unproven = false;
        trial = null;
        return proven;
    }

    /** A call is over: if it was the trial and has proved nothing, the next one is. */
    void tried(Lease lease) {
        if (trial == lease) {
            trial = null;
        }
    }

    /**
     * The provider refused the key itself: longer each time, so that a revoked key costs few calls and a mended one returns.
     * Calls that were on their way at the first refusal tell nothing new.
     */
    void quarantine(long nowMs, long forMs, long maxMs, FailureClass why) {
        int times = quarantine.rests(nowMs) ? 0 : refusals++;
        quarantine.extend(nowMs + Math.min(maxMs, forMs << Math.min(times, 10)), 0, why);
        unproven = true;
        trial = null;
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
        if (trial != null) {
            return Math.max(quarantine.opensAt(), nowMs + TRIAL_MS);
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
