package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.provider.FailureClass;
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
        if (verdict.has(Tag.OVERSIZE)) {
            return; // The request alone exceeds the limit: waiting changes nothing, and others fit.
        }
        var group = key.group();
        switch (verdict.clazz()) {
            case RATE_LIMIT ->
                group.model(model, nowMs).cool(nowMs + told(verdict, config.defaultMs()), FailureClass.RATE_LIMIT);
            case DAILY -> group.model(model, nowMs).cool(nowMs + told(verdict, DAILY_MS), FailureClass.DAILY);
            case QUOTA -> group.cool(nowMs, told(verdict, QUOTA_MS), config.maxMs());
            case CREDENTIAL -> key.quarantine(nowMs, CREDENTIAL_MS, CREDENTIAL_MAX_MS);
            case MODEL_ACCESS, REGION -> key.refuseModel(model, nowMs + MODEL_ACCESS_MS);
            case OVERLOADED -> endpoint.overloaded(model, nowMs, told(verdict, OVERLOADED_MS), OVERLOADED_MAX_MS);
            case TRANSPORT, SERVER -> endpoint.breaker().failed(nowMs);
            case MODEL_GONE, CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT, UNKNOWN, CALLER_CANCEL -> {}
        }
    }

    /** The provider's own time where it gave one, within what the pool believes. */
    private long told(Verdict verdict, long otherwiseMs) {
        long ms = verdict.resetMs().isPresent() ? verdict.resetMs().getAsLong() : otherwiseMs;
        return Math.max(1, Math.min(ms, config.maxMs()));
    }
}
