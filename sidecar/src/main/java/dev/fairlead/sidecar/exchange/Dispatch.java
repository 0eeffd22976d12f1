package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.LeaseListener;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.LeaseRequest;
import dev.fairlead.sidecar.pool.Outcome;

/**
 * Finds a target and a key for a call, again after each failure that another key or target may mend, until the call is
 * answered, refused or given up.
 *
 * <p>Targets are asked in order for a key at once. When none has one, the call waits at the target whose key returns first,
 * if that is in time; otherwise it is refused at once, since waiting could not help.
 */
final class Dispatch implements LeaseListener {
    private final Exchange exchange;
    private final RetryBudget budget;
    private LiveModel model;
    private int[] order;
    private int count;
    private LeaseRequest[] requests;
    private boolean[] excluded;
    private int position;
    private LeaseRefusal soonest;
    private int soonestTarget;
    private boolean waiting;
    private long waitingSince;
    private boolean asking;
    private Failure lastFailure;
    private ProviderCall call;
    private boolean staleRetried;
    private boolean executed;

    Dispatch(Exchange exchange) {
        this.exchange = exchange;
        this.budget = new RetryBudget(exchange.liveRoute().config().fallback());
    }

    void begin() {
        model = exchange.liveModel();
        var rotation = model.orders().get(exchange.shared.loopIndex);
        order = new int[rotation.size()];
        count = rotation.next(order);
        requests = new LeaseRequest[order.length];
        excluded = new boolean[order.length];
        scan();
    }

    /** Asks every target for a key at once, beginning with the best. */
    private void scan() {
        position = 0;
        soonest = null;
        askNext();
    }

    private void askNext() {
        while (position < count && excluded[order[position]]) {
            position++;
        }
        if (position < count) {
            asking = true;
            handle(position).lease(request(position).now());
        } else {
            waitOrRefuse();
        }
    }

    private LeaseRequest request(int at) {
        int target = order[at];
        if (requests[target] == null) {
            requests[target] = new LeaseRequest(
                    handle(at).on(exchange.shared.loop, this),
                    upstreamModel(model.targets().get(target)),
                    exchange.body().length);
        }
        return requests[target];
    }

    String upstreamModel(LiveTarget target) {
        var named = target.config().model();
        return named != null ? named : exchange.ownModel();
    }

    private PoolHandle handle(int at) {
        return model.targets().get(order[at]).pool().keys();
    }

    @Override
    public void granted(Lease lease) {
        var target = model.targets().get(order[position]);
        asking = false;
        waiting = false;
        if (exchange.finished()) {
            target.pool().keys().settle(lease, Outcome.ABANDONED);
            return;
        }
        exchange.facts.waitUs += lease.waitedMs() * 1_000;
        if (!exchange.stillOpen()) {
            target.pool().keys().settle(lease, Outcome.ABANDONED);
            return;
        }
        budget.sent(exchange.shared.loop.nowMs(), lease.waitedMs());
        call = new ProviderCall(exchange, this, target, lease);
        call.send();
    }

    @Override
    public void refused(LeaseRefusal refusal) {
        asking = false;
        if (exchange.finished()) {
            return;
        }
        if (refusal.kind() == LeaseRefusal.Kind.REPLAN) {
            waiting = false;
            countWait();
            if (exchange.replan()) {
                begin();
            }
        } else if (waiting) {
            waiting = false;
            countWait();
            FinalAnswer.noKey(exchange, refusal, lastFailure);
        } else {
            note(refusal);
            position = mayMoveOn(refusal) ? position + 1 : count;
            askNext();
        }
    }

    private void note(LeaseRefusal refusal) {
        if (soonest == null || refusal.availableInMs() < soonest.availableInMs()) {
            soonest = refusal;
            soonestTarget = position;
        }
    }

    private boolean mayMoveOn(LeaseRefusal refusal) {
        var kind = FinalAnswer.fallbackKind(refusal);
        return kind == null || exchange.liveRoute().config().fallback().on().contains(kind);
    }

    private void waitOrRefuse() {
        long now = exchange.shared.loop.nowMs();
        boolean inTime = soonest != null
                && soonest.availableInMs() != Long.MAX_VALUE
                && soonest.kind() != LeaseRefusal.Kind.QUEUE_FULL
                && now + soonest.availableInMs() <= exchange.deadlineMs();
        if (!inTime) {
            FinalAnswer.noKey(exchange, soonest, lastFailure);
            return;
        }
        position = soonestTarget;
        waiting = true;
        asking = true;
        waitingSince = exchange.elapsedUs();
        exchange.facts.pool = model.targets().get(order[position]).pool().id();
        handle(position).lease(request(position).until(exchange.deadlineMs()));
    }

    /** The attempt has been answered: nothing more to do for a key. */
    void answered(Lease lease, LiveTarget target) {
        call = null;
        target.pool().keys().settle(lease, Outcome.SERVED);
    }

    /** The provider does not know {@code stream_options}: the same again without, at the cost of nothing. */
    void streamOptionsRefused(Lease lease, LiveTarget target) {
        target.pool().streamOptions().refuse();
        answered(lease, target);
        scan();
    }

    /** The attempt has failed before anything of its answer was sent to the client. */
    void failed(Failure failure, Lease lease, LiveTarget target) {
        call = null;
        boolean stale = failure.upstream() != null
                && failure.upstream().kind() == UpstreamFailure.Kind.STALE_CONNECTION
                && !staleRetried;
        target.pool().keys().settle(lease, stale ? Outcome.ABANDONED : new Outcome.Failed(failure.verdict()));
        if (exchange.finished()) {
            return;
        }
        if (stale) {
            staleRetried = true;
            scan();
            return;
        }
        lastFailure = failure;
        executed |= failure.maybeExecuted();
        int failedAt = indexOf(target);
        var next = NextStep.after(failure, budget, exchange.shared.loop.nowMs());
        boolean elsewhere = failure.fallbackKind() != null
                && exchange.liveRoute().config().fallback().on().contains(failure.fallbackKind());
        if (!elsewhere) {
            excludeAllBut(failedAt);
        }
        switch (next) {
            case GIVE_UP -> FinalAnswer.failed(exchange, failure);
            case OTHER_KEY -> scan();
            case OTHER_GROUP -> {
                request(positionOf(failedAt)).avoid(lease.group());
                scan();
            }
            case OTHER_TARGET -> {
                excluded[failedAt] = true;
                scan();
            }
        }
    }

    private void excludeAllBut(int target) {
        for (int i = 0; i < excluded.length; i++) {
            excluded[i] |= i != target;
        }
    }

    private int indexOf(LiveTarget target) {
        return model.targets().indexOf(target);
    }

    private int positionOf(int target) {
        int at = 0;
        while (order[at] != target) {
            at++;
        }
        return at;
    }

    void deadlineExpired() {
        if (call != null) {
            call.deadlineExpired();
        } else {
            withdraw();
            exchange.refuse(ErrorCode.DEADLINE_EXCEEDED, "No key became free before the call's deadline.", null);
        }
    }

    /** The client has gone: whatever this call holds or waits for is given back. */
    void abandon() {
        if (call != null) {
            call.abandon();
            call = null;
        } else {
            withdraw();
        }
    }

    /** The wait ends without a key; with one, the lease says how long it was. */
    private void countWait() {
        exchange.facts.waitUs += exchange.elapsedUs() - waitingSince;
    }

    private void withdraw() {
        if (waiting) {
            countWait();
        }
        if (asking) {
            handle(position).cancel(request(position));
        }
    }

    boolean holdsLease() {
        return call != null && !call.over();
    }

    /** Whether a provider may have executed this call, so that its reservation must not be given back. */
    boolean mayHaveExecuted() {
        return executed;
    }

    void markExecuted() {
        executed = true;
    }
}
