package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;

/** What a failure costs, and whom: each class cools exactly the scope that its evidence supports. */
final class CoolDowns {
    private static final long QUOTA_MS = 300_000;
    private static final long DAILY_MS = 3_600_000;
    private static final long OVERLOADED_MS = 1_000;
    private static final long OVERLOADED_MAX_MS = 30_000;
    private static final long CREDENTIAL_MS = 60_000;
    private static final long CREDENTIAL_MAX_MS = 3_600_000;
    private static final long MODEL_ACCESS_MS = 3_600_000;

    private final CoolDownConfig config;

    CoolDowns(CoolDownConfig config) {
        this.config = config;
    }

    /** Applies a failure of a call with this key and model. */
    void apply(Verdict verdict, Key key, String model, EndpointState endpoint, long nowMs) {
        if (verdict.has(Tag.OVERSIZE) || verdict.scope() == Scope.NOTHING) {
            return; // The fault is this request's size: others fit.
        }
        var group = key.group();
        switch (verdict.clazz()) {
            case RATE_LIMIT -> limited(verdict, key, model, nowMs, config.defaultMs());
            case DAILY -> limited(verdict, key, model, nowMs, DAILY_MS);
            case QUOTA -> {
                if (verdict.scope() == Scope.KEY) {
                    key.quarantine(nowMs, told(verdict, QUOTA_MS), config.maxMs());
                } else {
                    group.cool(nowMs, told(verdict, QUOTA_MS), config.maxMs());
                }
            }
            case CREDENTIAL -> key.quarantine(nowMs, CREDENTIAL_MS, CREDENTIAL_MAX_MS);
            case MODEL_ACCESS, REGION -> key.restModel(model, nowMs + MODEL_ACCESS_MS, verdict.clazz());
            case OVERLOADED -> endpoint.overloaded(model, nowMs, told(verdict, OVERLOADED_MS), OVERLOADED_MAX_MS);
            case TRANSPORT, SERVER -> endpoint.breaker().failed(nowMs);
            case MODEL_GONE, CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT, UNKNOWN, CALLER_CANCEL -> {}
        }
    }

    private void limited(Verdict verdict, Key key, String model, long nowMs, long otherwiseMs) {
        long until = nowMs + told(verdict, otherwiseMs);
        switch (verdict.scope()) {
            case KEY, KEY_MODEL, KEY_REGION -> key.restModel(model, until, verdict.clazz());
            case GROUP -> key.group().coolUntil(until, verdict.clazz());
            default -> key.group().model(model, nowMs).cool(until, verdict.clazz());
        }
    }

    /** The provider's own time where it gave one, within what the pool believes. */
    private long told(Verdict verdict, long otherwiseMs) {
        long ms = verdict.resetMs().isPresent() ? verdict.resetMs().getAsLong() : otherwiseMs;
        return Math.max(1, Math.min(ms, config.maxMs()));
    }
}
