package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.provider.FailureClass;
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
    private static final long MODEL_GONE_MS = 3_600_000;

    private final CoolDownConfig config;
    private final Endpoint endpoint;
    private final Jitter jitter;

    CoolDowns(CoolDownConfig config, Endpoint endpoint, Jitter jitter) {
        this.config = config;
        this.endpoint = endpoint;
        this.jitter = jitter;
    }

    /** Applies a failure of a call that held this lease. */
    void apply(Verdict verdict, Lease lease, long nowMs) {
        if (verdict.has(Tag.OVERSIZE) || verdict.scope() == Scope.NOTHING) {
            return; // It is about this one call (too large, not found, beyond the key's scopes): others pass.
        }
        switch (verdict.clazz()) {
            case RATE_LIMIT -> limited(verdict, lease, nowMs, config.defaultMs());
            case DAILY -> limited(verdict, lease, nowMs, DAILY_MS);
            case QUOTA -> {
                long forMs = told(verdict, QUOTA_MS);
                long mostMs = verdict.namesEnd() ? forMs : config.maxMs();
                switch (verdict.scope()) {
                    case KEY -> lease.key().quarantine(nowMs, forMs, mostMs, FailureClass.QUOTA);
                    case GROUP -> lease.seat().account().cool(nowMs, forMs, mostMs, jitter);
                    default -> rest(verdict, lease, forMs, nowMs);
                }
            }
            case CREDENTIAL -> {
                long forMs = told(verdict, CREDENTIAL_MS);
                if (verdict.scope() == Scope.KEY) {
                    long mostMs = verdict.namesEnd() ? forMs : Math.max(CREDENTIAL_MAX_MS, forMs);
                    lease.key().quarantine(nowMs, forMs, mostMs, FailureClass.CREDENTIAL);
                } else {
                    rest(verdict, lease, told(verdict, QUOTA_MS), nowMs);
                }
            }
            case MODEL_ACCESS, REGION -> rest(verdict, lease, told(verdict, MODEL_ACCESS_MS), nowMs);
            case OVERLOADED -> rest(verdict, lease, told(verdict, OVERLOADED_MS), nowMs);
            case TRANSPORT, SERVER -> {
                if (verdict.scope() == Scope.ENDPOINT || !verdict.byOwner()) {
                    endpoint.failed(lease.endpointProbe(), nowMs);
                } else {
                    rest(verdict, lease, told(verdict, config.defaultMs()), nowMs);
                }
            }
            case MODEL_GONE -> {
                long until = nowMs + told(verdict, MODEL_GONE_MS);
                long jitterMs = jitter.after(until - nowMs);
                lease.seat().cool(until, jitterMs, FailureClass.MODEL_GONE);
                if (!lease.seat().board().servedBeside(lease.seat(), nowMs)) {
                    lease.seat().board().provider().gone(until, jitterMs, nowMs);
                }
            }
            case CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT, UNKNOWN, CALLER_CANCEL -> {}
        }
    }

    private void limited(Verdict verdict, Lease lease, long nowMs, long otherwiseMs) {
        endpoint.rejectedAfter(nowMs - lease.grantedMs());
        rest(verdict, lease, told(verdict, otherwiseMs), nowMs);
    }

    /** Whatever the evidence is against rests for so long. */
    private void rest(Verdict verdict, Lease lease, long forMs, long nowMs) {
        long until = nowMs + forMs;
        long jitterMs = jitter.after(forMs);
        switch (verdict.scope()) {
            case KEY -> lease.key().rest(null).extend(until, jitterMs, verdict.clazz());
            case KEY_MODEL, KEY_REGION -> lease.key().rest(lease.model()).extend(until, jitterMs, verdict.clazz());
            case GROUP -> lease.seat().account().rest(until, jitterMs, verdict.clazz(), nowMs);
            case GROUP_MODEL -> lease.seat().cool(until, jitterMs, verdict.clazz());
            case PROVIDER_MODEL -> {
                // A provider that is busy guesses when it will not be; whoever owns the pool means it.
                long maxMs = verdict.byOwner() ? Math.max(OVERLOADED_MAX_MS, forMs) : OVERLOADED_MAX_MS;
                lease.seat().board().provider().overloaded(lease.accepted(), nowMs, forMs, maxMs, jitter);
            }
            case ENDPOINT, TARGET, NOTHING -> {}
        }
    }

    /** The provider's own time where it gave one, within what the pool believes. */
    private long told(Verdict verdict, long otherwiseMs) {
        long ms = verdict.resetMs().isPresent() ? verdict.resetMs().getAsLong() : otherwiseMs;
        return Math.max(1, Math.min(ms, config.maxMs()));
    }
}
