package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;

/** What the pool learns from each call, and what becomes of its reservation. */
final class Settling {
    private final Endpoint endpoint;
    private final Server server;
    private final Grants grants;
    private final Jitter jitter;
    private CoolDowns coolDowns;

    Settling(Endpoint endpoint, Server server, Grants grants, Jitter jitter) {
        this.endpoint = endpoint;
        this.server = server;
        this.grants = grants;
        this.jitter = jitter;
    }

    void configure(CoolDownConfig config) {
        coolDowns = new CoolDowns(config, endpoint, jitter);
    }

    void sent(Lease lease, long nowMs) {
        if (!lease.settled()) {
            lease.seat().gate().sent(lease.hold(), nowMs);
            if (lease.keyGate() != null) {
                lease.keyGate().sent(lease.keyHold(), nowMs);
            }
        }
    }

    void accepted(Lease lease, LimitSnapshot limits, long nowMs) {
        if (lease.settled()) {
            return;
        }
        var seat = lease.seat();
        boolean first = lease.accept();
        endpoint.answered(nowMs);
        if (first) {
            seat.answeredAfter(nowMs - lease.grantedMs(), nowMs);
            endpoint.takenAfter(nowMs - lease.grantedMs());
            seat.board().provider().served(nowMs);
        }
        seat.reliability().answered(nowMs);
        boolean proven = lease.key().trust().accepted(lease);
        seat.account().trust().accepted(lease);
        boolean sooner = first && counted(lease, nowMs);
        boolean corrected = !limits.equals(LimitSnapshot.NOTHING);
        if (corrected) {
            seat.gate().corrected(limits, lease.hold(), nowMs);
        }
        if (answers(lease, first, nowMs)) {
            server.serveAll(nowMs);
        } else if (sooner || corrected || proven) {
            server.changed(seat.account(), nowMs);
        }
    }

    private static boolean counted(Lease lease, long nowMs) {
        boolean sooner = lease.seat().gate().counted(lease.hold(), nowMs);
        return (lease.keyGate() != null && lease.keyGate().counted(lease.keyHold(), nowMs)) || sooner;
    }

    /** The provider has turned the call away, and said how its limits stand. */
    void heard(Lease lease, LimitSnapshot limits, long nowMs) {
        if (lease.settled()) {
            return;
        }
        endpoint.answered(nowMs);
        if (!limits.equals(LimitSnapshot.NOTHING)) {
            lease.seat().gate().corrected(limits, lease.hold(), nowMs);
        }
    }

    /**
     * The provider has taken the call, whatever it says about the call itself. True when that lets others go.
     *
     * @param first a status line and an end are one answer
     */
    private boolean answers(Lease lease, boolean first, long nowMs) {
        var seat = lease.seat();
        var provider = seat.board().provider();
        provider.accepted(lease);
        boolean closed = first && endpoint.breaker().succeeded(nowMs);
        boolean ofProvider = provider.ramp().accepted(lease.providerStep());
        boolean ofEndpoint = endpoint.ramp().accepted(lease.endpointStep());
        boolean ofSeat = seat.ramp().accepted(lease.step());
        boolean ofKey = !lease.key().unproven() && lease.keySteps().accepted();
        if (ofSeat || ofKey) {
            server.changed(seat.account(), nowMs);
        }
        return closed || ofProvider || ofEndpoint;
    }

    void settle(Lease lease, Outcome outcome, Spent spent, long nowMs) {
        if (!lease.settle()) {
            return;
        }
        grants.settled(lease);
        lease.charge(spent);
        var verdict = outcome instanceof Outcome.Failed failed ? failed.verdict() : null;
        if (verdict != null) {
            learn(verdict, lease, nowMs);
        }
        boolean counts = counts(outcome, spent);
        boolean cut = outcome instanceof Outcome.Abandoned && !(spent instanceof Spent.Nothing);
        if (cut) {
            lease.seat().gate().cut(lease.hold());
            endpoint.abandoned(lease.endpointProbe(), lease.grantedMs(), nowMs);
        } else if (outcome instanceof Outcome.Served
                || (verdict != null && verdict.clazz() != FailureClass.TRANSPORT)) {
            endpoint.answered(nowMs);
        }
        lease.seat().gate().settle(lease.hold(), spent, counts, nowMs);
        if (lease.keyGate() != null) {
            if (cut) {
                lease.keyGate().cut(lease.keyHold());
            }
            lease.keyGate().settle(lease.keyHold(), spent, counts, nowMs);
        }
        if (outcome instanceof Outcome.Served) {
            lease.seat().servedAfter(nowMs - lease.grantedMs());
            lease.seat().account().trust().served(lease);
        }
        if (outcome instanceof Outcome.Served || (verdict != null && keyTaken(verdict))) {
            lease.key().trust().served(lease);
        }
        boolean opened = false;
        if (outcome instanceof Outcome.Served || (verdict != null && answered(verdict.clazz()))) {
            opened = answers(lease, lease.accept(), nowMs);
            lease.seat().board().provider().ended(lease);
        }
        if (verdict != null && verdict.clazz() == FailureClass.SERVER) {
            lease.seat().reliability().failed(nowMs);
        }
        if (verdict != null) {
            coolDowns.apply(verdict, lease, nowMs);
        }
        lease.keySteps().released();
        lease.seat().ramp().released(lease.step());
        lease.seat().board().provider().ramp().released(lease.providerStep());
        endpoint.ramp().released(lease.endpointStep());
        if (lease.endpointProbe() != 0) {
            endpoint.breaker().released(lease.endpointProbe());
        }
        if (opened || lease.endpointProbe() != 0 || lease.endpointStep() != null || lease.providerStep() != null) {
            server.serveAll(nowMs);
        }
        server.changed(lease.seat().account(), nowMs);
    }

    /** Where nothing names a limit, a rejection tells where it is. */
    private static void learn(Verdict verdict, Lease lease, long nowMs) {
        boolean limit = verdict.clazz() == FailureClass.RATE_LIMIT || verdict.clazz() == FailureClass.DAILY;
        if (!limit || verdict.has(Tag.OVERSIZE) || verdict.scope() == Scope.NOTHING) {
            return;
        }
        boolean ofKey = verdict.scope() == Scope.KEY || verdict.scope() == Scope.KEY_MODEL;
        if (!ofKey) {
            lease.seat().gate().limited(verdict, lease.hold(), nowMs);
        } else if (lease.keyGate() != null) {
            lease.keyGate().limited(verdict, lease.keyHold(), nowMs);
        }
    }

    /** Whether the provider counts the call as a request: everything that it has seen and has not turned away unread. */
    private static boolean counts(Outcome outcome, Spent spent) {
        boolean unspent = spent instanceof Spent.Nothing;
        if (outcome instanceof Outcome.Failed failed) {
            return switch (failed.verdict().clazz()) {
                case TRANSPORT, CALLER_CANCEL -> !unspent;
                case CREDENTIAL, REGION, OVERLOADED, QUOTA -> false;
                default -> true;
            };
        }
        return outcome instanceof Outcome.Served || !unspent;
    }

    /** Whether the provider has taken the key before it found fault with the call. */
    private static boolean keyTaken(Verdict verdict) {
        return switch (verdict.clazz()) {
            case CONTEXT_WINDOW, CONTENT_POLICY -> true;
            default -> verdict.has(Tag.AUTHENTICATED);
        };
    }

    /** Failures that are no limit and no fault of the provider: a probe that ends so has found the way open. */
    private static boolean answered(FailureClass clazz) {
        return switch (clazz) {
            case MODEL_ACCESS, MODEL_GONE, CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT -> true;
            default -> false;
        };
    }
}
