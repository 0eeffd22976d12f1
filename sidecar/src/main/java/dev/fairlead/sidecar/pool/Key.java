package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.HashMap;
import java.util.Map;

/** One provider key: what belongs to it alone. Kept by fingerprint over config swaps. */
final class Key {
    private static final int MAX_MODELS = 128;

    private final WallClock clock;
    private final KeyRest rest = new KeyRest();
    private final Trust trust = new Trust();
    private Map<String, KeyRest> modelRests = Map.of();
    private KeyConfig config;
    private Account account;
    private int order;
    private boolean retired;
    private int inFlight;

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

    /** When it comes to its end, monotonic, as the wall clock is known now; {@link Long#MAX_VALUE} for never. */
    long endsAt() {
        return config.notAfterMs() == null ? Long.MAX_VALUE : clock.monotonic(config.notAfterMs());
    }

    boolean serves(String model) {
        return weight() > 0 && ModelPatterns.match(config.models(), model);
    }

    int inFlight() {
        return inFlight;
    }

    /** A call goes with it; the first after a rest goes alone. */
    void granted(Lease lease) {
        inFlight++;
        var ofModel = modelRests.isEmpty() ? null : modelRests.get(lease.model());
        lease.keySteps(KeySteps.granted(rest, ofModel, lease.grantedMs()));
    }

    void released() {
        inFlight--;
    }

    /** Whether the provider takes it, as far as is known. */
    Trust trust() {
        return trust;
    }

    /** Whether it has been refused and nothing has shown since that it is good. */
    boolean unproven() {
        return trust.refused() != null;
    }

    /** Whether one call alone has to find out first if the provider takes it again; silence is an answer, see {@link Ramp}. */
    boolean needsTrial() {
        return unproven() && rest.ramp().probes();
    }

    /** Whether one call does so now, and the others cannot have it. */
    boolean onTrial(long nowMs) {
        return needsTrial() && !rest.ramp().admits(nowMs);
    }

    /**
     * The provider refused the key itself: longer each time, so that a revoked key costs few calls and a mended one returns.
     * Calls that were on their way at the first refusal tell nothing new.
     */
    void quarantine(long nowMs, long forMs, long maxMs, FailureClass why) {
        int times = trust.refused(why, !quarantine().rests(nowMs), nowMs);
        rest.extend(nowMs + Math.min(maxMs, forMs << Math.min(times, 10)), 0, why);
    }

    /** Another process has been told that it rests, for a model, or for all when that is {@code null}. */
    void told(String model, long untilMs, long jitterMs, FailureClass why, long nowMs) {
        boolean news = rest(model).told(untilMs, jitterMs, why);
        if (news && model == null && why.refuses()) {
            trust.told(why, nowMs);
        }
    }

    CoolDown quarantine() {
        return rest.coolDown();
    }

    /** Its rest for a model, for all when that is {@code null}; made when it is not there. */
    KeyRest rest(String model) {
        return model == null ? rest : restFor(model);
    }

    /**
     * The rest of this key alone for a model; made when it is not there, in place of the one that ends first
     * when there are too many.
     */
    private KeyRest restFor(String model) {
        var known = modelRests.get(model);
        if (known != null) {
            return known;
        }
        if (modelRests.size() >= MAX_MODELS) {
            dropEarliest(); // Clients choose names where a route takes any model.
        }
        var made = new KeyRest();
        if (modelRests.isEmpty()) {
            modelRests = new HashMap<>(2);
        }
        modelRests.put(model, made);
        return made;
    }

    private void dropEarliest() {
        Map.Entry<String, KeyRest> earliest = null;
        for (var entry : modelRests.entrySet()) {
            if (earliest == null || ends(entry) < ends(earliest)) {
                earliest = entry;
            }
        }
        modelRests.remove(earliest.getKey());
    }

    private static long ends(Map.Entry<String, KeyRest> entry) {
        return entry.getValue().coolDown().until();
    }

    Map<String, KeyRest> modelRests() {
        return modelRests;
    }

    /** When this key may serve the model, as far as the key itself decides; {@link Long#MAX_VALUE} for never. */
    long opensAt(String model, long nowMs) {
        if (weight() == 0 || expired(nowMs)) {
            return Long.MAX_VALUE;
        }
        long ofAll = quarantine().opensAt();
        var ofModel = modelRests.isEmpty() ? null : modelRests.get(model);
        return ofModel == null ? ofAll : Math.max(ofAll, ofModel.coolDown().opensAt());
    }

    /** When the way back after its rests takes one more call, as far as time alone decides. */
    long rampOpensAt(String model, long nowMs, long silentMs) {
        long ofAll = rest.ramp().opensAt(nowMs, silentMs);
        var ofModel = modelRests.isEmpty() ? null : modelRests.get(model);
        return ofModel == null ? ofAll : Math.max(ofAll, ofModel.ramp().opensAt(nowMs, silentMs));
    }

    /** Whether calls return to it one by one, after a rest of its own. */
    boolean recovers(String model) {
        var ofModel = modelRests.get(model);
        return !rest.ramp().open() || (ofModel != null && !ofModel.ramp().open());
    }

    /** Calls that have not been rejected for so long count as taken. */
    void acceptSilent(String model, long nowMs, long silentMs) {
        rest.ramp().acceptSilent(nowMs, silentMs);
        var ofModel = modelRests.isEmpty() ? null : modelRests.get(model);
        if (ofModel != null) {
            ofModel.ramp().acceptSilent(nowMs, silentMs);
        }
    }

    /** What about the key itself keeps calls back at this moment; {@code null} for nothing. */
    FailureClass cause(String model, long nowMs) {
        if (quarantine().rests(nowMs)) {
            return quarantine().cause();
        }
        if (onTrial(nowMs)) {
            return trust.refused();
        }
        var ofModel = modelRests.get(model);
        return ofModel != null && ofModel.coolDown().rests(nowMs)
                ? ofModel.coolDown().cause()
                : null;
    }
}
