package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.openai.TokenEstimate;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.LeaseRequest;
import dev.fairlead.sidecar.pool.Outcome;
import dev.fairlead.sidecar.pool.Spent;
import java.util.List;

/**
 * Has a call answered: lets {@link KeySearch} find a target and a key, sends, and again after each failure that another key or
 * target may mend, until the call is answered, refused or given up.
 */
final class Dispatch {
    private final Exchange exchange;
    private final RetryBudget budget;
    private KeySearch search;
    private Pinning pinning;
    private Failure lastFailure;
    private ProviderCall call;
    /** Whether the attempt before has met a kept connection that was dead: this one takes a new one, and its end is what counts. */
    private boolean staleRetried;

    private boolean executed;
    /** Of the pool that has refused this call for {@code stream_options}; {@code null} for none. */
    private StreamOptionsMemory doubted;

    Dispatch(Exchange exchange) {
        this.exchange = exchange;
        var share = exchange.shared.retryShare(exchange.routing.route().id());
        if (RetryCountHeader.repeats(exchange.head)) {
            share.repeatedByClient(exchange.shared.loop.nowMs());
        } else {
            share.called(exchange.shared.loop.nowMs());
        }
        this.budget = new RetryBudget(exchange.routing.route().config().fallback(), share);
    }

    void begin() {
        var model = exchange.routing.model();
        search = new KeySearch(exchange, this, model);
        pinning = Pinning.of(exchange.requestFacts().references(), model);
        boolean offered = model.targets().isEmpty();
        for (var target : model.targets()) {
            boolean offers = target.pool().offers(exchange.endpoint);
            offered |= offers;
            if (!offers || (pinning != null && !pinning.allows(target))) {
                search.targets().exclude(target);
            }
        }
        if (offered) {
            search.begin();
        } else {
            exchange.refuse(
                    ErrorCode.UNSUPPORTED_TRANSLATION,
                    Sentences.endpointNotSpoken(exchange.facts, exchange.endpoint),
                    null);
        }
    }

    /** What a target's pool is asked with. */
    LeaseRequest requestFor(LiveTarget target, Ask listener) {
        var pool = target.pool();
        var sends = upstreamModel(target);
        long affinity = Affinity.of(pool.config().affinity(), exchange.head, exchange.requestFacts());
        if (exchange.facts.affinity == 0) {
            exchange.facts.affinity = affinity;
        }
        return new LeaseRequest(
                        pool.keys().on(exchange.shared.loop, listener, sends), sends, exchange.body().length, demand())
                .onBehalfOf(exchange.routing.tenant(), exchange.routing.tenantWeight())
                .pin(pinning == null ? null : pinning.group())
                .urgency(exchange.urgency())
                .affinity(affinity);
    }

    /** What the call will probably ask of the account that pays. */
    private Demand demand() {
        var request = exchange.requestFacts();
        return new Demand(TokenEstimate.inputTokens(request), exchange.endpoint.outputTokens(request, Demand.UNSAID));
    }

    String upstreamModel(LiveTarget target) {
        var named = target.config().model();
        return named != null ? named : exchange.routing.ownModel();
    }

    /** There is a key. */
    void found(Ask ask, Lease lease, long waitUs, long predictedWaitUs) {
        if (exchange.finished() || !exchange.routing.stillOpen()) {
            ask.giveBack(lease);
            return;
        }
        budget.sent(exchange.shared.loop.nowMs(), waitUs / 1_000);
        call = new ProviderCall(exchange, this, ask.target, lease);
        call.attempt().waitUs = waitUs;
        call.attempt().predictedWaitUs = predictedWaitUs;
        call.send(staleRetried);
    }

    /**
     * There is no key in time.
     *
     * @param soonest of the refusals; {@code null} when there was no target to ask
     */
    void nowhere(LeaseRefusal soonest, List<Ask> refusals) {
        if (pinning == null) {
            FinalAnswer.noKey(exchange, soonest, refusals, lastFailure);
        } else if (!pinning.lost(exchange, soonest, lastFailure)) {
            FinalAnswer.noKey(exchange, soonest, refusals, pinning.goesOnAfter(lastFailure) ? null : lastFailure);
        }
    }

    /** A pool that was waited at is no more. */
    void replan() {
        if (!exchange.finished() && exchange.replan()) {
            begin();
        }
    }

    /** The attempt has been answered: nothing more to do for a key. */
    void answered(Lease lease, LiveTarget target, Spent spent) {
        if (target.pool().streamOptions() == doubted) {
            doubted.refuse(exchange.shared.loop.nowMs()); // Without the field it was taken.
        }
        served(lease, target, spent);
    }

    private void served(Lease lease, LiveTarget target, Spent spent) {
        call = null;
        if (pinning != null) {
            pinning.served(target, lease.group());
        }
        target.pool().keys().settle(lease, Outcome.SERVED, spent);
    }

    /** The provider does not know {@code stream_options}: the same again without, at the cost of nothing. */
    void streamOptionsRefused(Lease lease, LiveTarget target) {
        doubted = target.pool().streamOptions();
        staleRetried = false;
        served(lease, target, Spent.NOTHING);
        search.begin();
    }

    /** Whether the call may ask for the usage of its stream: not again once that was refused. */
    boolean mayAskForUsage() {
        return doubted == null;
    }

    /**
     * The attempt has failed before anything of its answer was sent to the client.
     *
     * @param spent what the provider said it has cost, if it may have been executed
     */
    void failed(Failure failure, Lease lease, LiveTarget target, Spent spent) {
        call = null;
        boolean stale = failure.upstream() != null
                && failure.upstream().kind() == UpstreamFailure.Kind.STALE_CONNECTION
                && !staleRetried;
        target.pool()
                .keys()
                .settle(
                        lease,
                        stale ? Outcome.ABANDONED : new Outcome.Failed(failure.verdict()),
                        failure.maybeExecuted() ? spent : Spent.NOTHING);
        staleRetried = stale;
        if (exchange.finished()) {
            return;
        }
        if (stale) {
            search.begin();
            return;
        }
        lastFailure = failure;
        executed |= failure.maybeExecuted();
        if (pinning != null && pinning.goesOnAfter(failure)) {
            askNextAccount(target, lease);
            return;
        }
        boolean elsewhere = failure.fallbackKind() != null
                && exchange.routing.route().config().fallback().on().contains(failure.fallbackKind());
        if (!elsewhere) {
            search.targets().stayAt(target);
        }
        switch (NextStep.after(failure, budget, exchange.shared.loop.nowMs())) {
            case GIVE_UP -> {
                giveUp(failure, target);
                return;
            }
            case OTHER_KEY -> {}
            case OTHER_GROUP -> search.avoid(target, lease.group());
            case OTHER_ENDPOINT -> {
                if (search.targets().anyBeside(target)) {
                    search.targets().exclude(target);
                } else {
                    search.avoid(target, lease.group());
                }
            }
            case OTHER_TARGET -> search.targets().exclude(target);
        }
        search.begin();
    }

    private void giveUp(Failure failure, LiveTarget target) {
        if (failure.turnedAway()) {
            var ask = search.ask(target);
            ask.predict(exchange.shared.loop, () -> FinalAnswer.turnedAway(exchange, ask));
        } else {
            FinalAnswer.failed(exchange, failure, budget.shareUsedUp());
        }
    }

    private void askNextAccount(LiveTarget target, Lease lease) {
        if (budget.afterRejection()) {
            search.avoid(target, lease.group());
            search.begin();
        } else {
            pinning.refuse(exchange);
        }
    }

    void deadlineExpired() {
        if (call != null) {
            call.deadlineExpired();
        } else {
            end();
            exchange.refuse(ErrorCode.DEADLINE_EXCEEDED, "No key became free before the call's deadline.", null);
        }
    }

    /** The client has gone: whatever this call holds or waits for is given back. */
    void abandon() {
        if (call != null) {
            call.abandon();
            call = null;
        }
        end();
    }

    /** Waits for nothing any more. */
    void end() {
        if (search != null) {
            search.end();
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
