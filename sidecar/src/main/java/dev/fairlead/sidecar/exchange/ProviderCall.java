package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.openai.References;
import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.Outcome;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.Verdict;
import dev.fairlead.sidecar.usage.Attempt;
import io.netty.buffer.ByteBuf;

/** One attempt: sends the call with a leased key, and hands the answer to a relay or the failure to {@link Dispatch}. */
final class ProviderCall implements UpstreamListener {
    private final Exchange exchange;
    private final Dispatch dispatch;
    private final LiveTarget target;
    private final Lease lease;
    private final Attempt attempt;
    private final long startNanos;
    private final AttemptTimeouts timeouts;
    private UpstreamCall upstream;
    private Relay relay;
    private ErrorBody errorBody;
    private boolean askedForUsage;
    private boolean over;
    private int remembered;

    ProviderCall(Exchange exchange, Dispatch dispatch, LiveTarget target, Lease lease) {
        this.exchange = exchange;
        this.dispatch = dispatch;
        this.target = target;
        this.lease = lease;
        this.startNanos = exchange.shared.loop.nanoTime();
        this.timeouts = new AttemptTimeouts(exchange, this);
        var facts = exchange.facts;
        attempt = facts.startAttempt();
        attempt.target = target.config().name();
        attempt.pool = target.pool().id();
        attempt.key = lease.keyName();
        facts.target = target.config().name();
        facts.pool = target.pool().id();
        facts.key = lease.keyName();
        facts.quotaGroup = lease.group();
        facts.provider = target.pool().config().provider();
        facts.upstreamModel = dispatch.upstreamModel(target);
    }

    /** @param freshConnection whether a kept connection has just turned out to be dead */
    void send(boolean freshConnection) {
        var pool = target.pool();
        var splice = SentRequest.splice(exchange, target, dispatch.mayAskForUsage());
        askedForUsage = splice.asksForUsage();
        if (!splice.unchanged() && !exchange.reserved.holdCopy()) {
            close(null);
            target.pool().keys().settle(lease, Outcome.ABANDONED, Spent.NOTHING);
            exchange.refuse(ErrorCode.QUEUE_FULL, "Too many bytes are already held for other calls.", null);
            return;
        }
        var body = splice.unchanged() ? exchange.body() : splice.applyTo(exchange.body(), 0);
        var auth = pool.config().auth().equals("None") ? null : pool.provider().auth();
        timeouts.connecting();
        upstream = pool.upstreams()
                .get(exchange.shared.loopIndex)
                .send(
                        new UpstreamRequest(
                                pool.path(exchange.endpoint),
                                auth == null ? null : auth.name(),
                                auth == null ? null : auth.value(lease.secret()),
                                ForwardedHeaders.of(exchange.head),
                                body,
                                timeouts.connectMs(),
                                freshConnection),
                        this);
    }

    @Override
    public void connected() {
        target.pool().keys().sent(lease);
        timeouts.connected();
    }

    @Override
    public void head(int status, HeaderLookup headers) {
        if (over) {
            return;
        }
        attempt.status = status;
        var provider = target.pool().provider();
        var limits = provider.limitHeaders().read(headers, exchange.shared.loop.epochMillis());
        exchange.reserved.answeredFrom(target.pool().keys(), exchange.facts.upstreamModel);
        if (status >= 200 && status < 300) {
            target.pool().keys().accepted(lease, limits);
            dispatch.markExecuted();
            relay = Relay.of(exchange, this, status, headers, askedForUsage);
            timeouts.answered();
        } else {
            target.pool().keys().heard(lease, limits);
            errorBody = new ErrorBody(status, headers, provider, exchange.words());
        }
    }

    @Override
    public void data(ByteBuf piece) {
        if (over) {
            return;
        }
        if (relay == null) {
            errorBody.add(piece);
        } else {
            timeouts.goesOn();
            relay.data(piece);
        }
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        if (relay != null) {
            relay.end();
            return;
        }
        fail(new Failure(errorBody.verdict(exchange.shared.loop.epochMillis()), errorBody.answer(), null));
    }

    @Override
    public void failed(UpstreamFailure failure) {
        if (over) {
            return;
        }
        if (relay != null && relay.begun()) {
            relay.cut(failure);
        } else if (errorBody != null) {
            end(); // An error cut short is still an error with a status.
        } else {
            fail(new Failure(Verdict.of(FailureClass.TRANSPORT, "transport"), null, failure));
        }
    }

    /** The relay found out that this answer is none, before anything of it was sent. */
    void fail(Failure failure) {
        close(failure.verdict());
        if (askedForUsage && failure.answer() != null && failure.answer().refuses("stream_options", exchange.words())) {
            dispatch.streamOptionsRefused(lease, target);
        } else {
            dispatch.failed(failure, lease, target, spent());
        }
    }

    /** What the answer has made so far is at this account; noted before the client hears of it and may refer to it. */
    void remember(References made) {
        while (remembered < made.size()) {
            target.pool().keys().pins().remember(made.at(remembered), lease.group());
            remembered++;
        }
    }

    /** The answer has been relayed to its end. */
    void answered() {
        close(null);
        dispatch.answered(lease, target, spent());
    }

    /** The answer has begun and cannot be finished; what the client was told stands in the relay. */
    void broken(UpstreamFailure failure) {
        close(Verdict.of(FailureClass.TRANSPORT, "transport"));
        target.pool()
                .keys()
                .settle(lease, new Outcome.Failed(Verdict.of(FailureClass.TRANSPORT, "transport")), spent());
    }

    /** What the account was charged; an estimate of ours is no provider's word. */
    private Spent spent() {
        var usage = attempt.usage;
        return usage.present() && !usage.estimated()
                ? new Spent.Tokens(usage.inputTokens(), usage.cacheReadTokens(), usage.outputTokens())
                : Spent.UNKNOWN;
    }

    private void close(Verdict verdict) {
        over = true;
        if (relay != null) {
            relay.close();
        }
        timeouts.end();
        attempt.durationUs = (exchange.shared.loop.nanoTime() - startNanos) / 1_000;
        if (verdict != null) {
            attempt.failureClass = verdict.clazz().wireName();
        }
    }

    void deadlineExpired() {
        if (relay != null && relay.begun()) {
            giveUp(new UpstreamFailure(UpstreamFailure.Kind.IDLE_TIMEOUT, "the call's deadline has passed"));
            return;
        }
        upstream.cancel();
        dispatch.markExecuted();
        close(Verdict.of(FailureClass.TRANSPORT, "deadline"));
        target.pool().keys().settle(lease, Outcome.ABANDONED, spent());
        exchange.refuse(ErrorCode.DEADLINE_EXCEEDED, "The provider did not answer before the call's deadline.", null);
    }

    /** It has taken too long. */
    void giveUp(UpstreamFailure failure) {
        upstream.cancel();
        failed(failure);
    }

    /** The client has gone. */
    void abandon() {
        upstream.cancel();
        if (relay != null) {
            relay.abandoned();
        }
        dispatch.markExecuted();
        close(Verdict.of(FailureClass.CALLER_CANCEL, "client_closed"));
        target.pool().keys().settle(lease, Outcome.ABANDONED, spent());
    }

    /** The client reads slower than the provider sends: the silence that follows is not the provider's. */
    void pause() {
        upstream.pause();
        timeouts.pause();
    }

    void resume() {
        if (!over) {
            upstream.resume();
            timeouts.goesOn();
        }
    }

    boolean over() {
        return over;
    }

    Attempt attempt() {
        return attempt;
    }

    UpstreamCall upstream() {
        return upstream;
    }

    LiveTarget target() {
        return target;
    }
}
