package dev.fairlead.operator.plan.provider;

import dev.fairlead.operator.plan.load.PlannedCall;
import dev.fairlead.sidecar.exchange.UpstreamCall;
import dev.fairlead.sidecar.exchange.UpstreamListener;
import java.util.List;

/** One request at a virtual provider, from its arrival to its end. */
final class Answering implements UpstreamCall {
    private final VirtualProvider provider;
    private final PlannedCall call;
    private final List<LimitClass> limits;
    private final UpstreamListener listener;
    private boolean running;
    private boolean cancelled;

    Answering(VirtualProvider provider, PlannedCall call, List<LimitClass> limits, UpstreamListener listener) {
        this.provider = provider;
        this.call = call;
        this.limits = limits;
        this.listener = listener;
    }

    void arrive() {
        if (cancelled) {
            return;
        }
        listener.connected();
        long now = nowMs();
        Denied denied = null;
        for (var one : limits) {
            denied = denied == null ? one.check(call.inputTokens(), call.maxTokens(), now) : denied;
        }
        if (denied != null) {
            provider.refused();
            var why = denied;
            provider.loop().after(provider.refusalMs(), () -> deny(why));
            return;
        }
        provider.admitted();
        running = true;
        for (var one : limits) {
            one.admit(call.inputTokens(), call.maxTokens(), now);
        }
        if (call.stream()) {
            provider.loop().after(call.firstMs(), this::begin);
        }
        provider.loop().after(call.servedMs(), this::finish);
    }

    private void deny(Denied why) {
        if (cancelled) {
            return;
        }
        long wait = why.waitMs() == Long.MAX_VALUE ? -1 : why.waitMs();
        listener.head(429, new AnswerHead(AnswerTexts.JSON, told(), wait, nowMs()));
        listener.data(AnswerTexts.denied(why, call.model()));
        listener.end();
    }

    private void begin() {
        if (running) {
            listener.head(200, new AnswerHead(AnswerTexts.EVENTS, told(), -1, nowMs()));
            listener.data(AnswerTexts.firstEvent(call));
        }
    }

    private void finish() {
        if (!running) {
            return;
        }
        leave(call.outputTokens());
        if (call.stream()) {
            listener.data(AnswerTexts.lastEvents(call));
        } else {
            listener.head(200, new AnswerHead(AnswerTexts.JSON, told(), -1, nowMs()));
            listener.data(AnswerTexts.whole(call));
        }
        listener.end();
    }

    private void leave(long output) {
        running = false;
        for (var one : limits) {
            one.finish(call.inputTokens(), output, call.maxTokens(), nowMs());
        }
    }

    private List<LimitClass> told() {
        return provider.tellsLimits() ? limits : List.of();
    }

    /** The provider notices that its client has gone, and bills what it has made; here all of it. */
    @Override
    public void cancel() {
        cancelled = true;
        if (running) {
            leave(call.outputTokens());
        }
    }

    /** Virtual clients take everything at once: nobody ever pauses. */
    @Override
    public void pause() {
        throw new IllegalStateException("a virtual client never reads too slowly");
    }

    @Override
    public void resume() {
        throw new IllegalStateException("a virtual client never reads too slowly");
    }

    private long nowMs() {
        return provider.loop().micros() / 1_000;
    }
}
