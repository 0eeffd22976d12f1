package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.openai.SseTap;
import dev.fairlead.sidecar.dialect.openai.StreamEnd;
import dev.fairlead.sidecar.dialect.openai.TokenEstimate;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A stream of events. Held back until its first content, as long as it is a few bytes, so that an error inside a 200 can still
 * go to another key; when that takes long the client gets an {@link EarlyStream} meanwhile. Then every read of the provider
 * becomes one write to the client. After the first content byte a failure is an error event and a broken connection: never a
 * clean end, never a {@code [DONE]} of ours. Whatever is held counts in the process's byte budget.
 */
final class StreamRelay implements Relay {
    private static final int HELD_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final ProviderCall call;
    private final ResponseHead head;
    private final SseTap tap;
    private final Backpressure backpressure;
    private final Deadlines.Entry holding = new Deadlines.Entry(this::noContentYet);
    private final Forwarding forwarding = new Forwarding();
    private ByteBuf held;
    private long reserved;
    private long seen;
    private boolean begun;

    StreamRelay(Exchange exchange, ProviderCall call, int status, HeaderLookup headers, boolean dropUsage) {
        this.exchange = exchange;
        this.call = call;
        this.head =
                UpstreamHeaders.forwarded(status, headers, call.target().pool().provider());
        this.tap = new SseTap(exchange.endpoint.format(), call.attempt().usage, dropUsage);
        this.backpressure = new Backpressure(exchange, call);
        holding.dueAt(exchange.shared.loop.nowMs() + exchange.shared.patience.silenceMs());
        exchange.shared.deadlines.watch(holding);
    }

    private void noContentYet() {
        exchange.shared.deadlines.forget(holding);
        exchange.openEarly();
    }

    @Override
    public void data(ByteBuf piece) {
        seen += piece.readableBytes();
        forwarding.begin(piece);
        tap.feed(piece.array(), piece.arrayOffset() + piece.readerIndex(), piece.readableBytes(), forwarding);
        call.remember(tap.made());
        var out = forwarding.taken();
        if (!begun) {
            if (tap.errorSeen() && !tap.contentSeen()) {
                failBeforeContent();
                return;
            }
            hold(out);
        } else {
            write(out);
            countEvent();
        }
    }

    private void hold(ByteBuf out) {
        if (out != null) {
            held = held == null ? out : Unpooled.wrappedBuffer(held, out);
        }
        long bytes = (held == null ? 0L : held.readableBytes()) + tap.heldBytes();
        boolean room = bytes <= HELD_BYTES && reserve(bytes);
        if (tap.contentSeen() || tap.doneSeen() || !room) {
            commit();
        }
    }

    private void commit() {
        if (begun) {
            return;
        }
        begun = true;
        exchange.facts.ttftUs = exchange.elapsedUs();
        exchange.shared.deadlines.forget(holding);
        exchange.releaseBytes();
        if (exchange.early() == null) {
            AnswerHeaders.addTo(head, exchange);
            exchange.client.begin(AnswerHeaders.unbuffered(head));
        } else {
            exchange.early().close();
        }
        write(held);
        held = null;
        countEvent();
    }

    private void write(ByteBuf out) {
        if (out != null) {
            exchange.client.write(out);
            backpressure.check();
        }
    }

    /** What the tap holds of an event counts like all that is held; where there is no room for it, it goes out. */
    private void countEvent() {
        if (!reserve(tap.heldBytes())) {
            forwarding.begin(null);
            tap.letPass(forwarding);
            reserve(0);
            write(forwarding.taken());
        }
    }

    /** Holds so many bytes of the process's budget in place of those before; false, and as before, when there is no room. */
    private boolean reserve(long bytes) {
        long more = bytes - reserved;
        if (more > 0 && !exchange.shared.budget.reserve(more)) {
            return false;
        }
        if (more < 0) {
            exchange.shared.budget.release(-more);
        }
        reserved = bytes;
        return true;
    }

    private void letGo() {
        reserve(0);
        exchange.shared.deadlines.forget(holding);
    }

    private void failBeforeContent() {
        call.upstream().cancel();
        call.fail(streamError());
    }

    private Failure streamError() {
        return ErrorInside.failure(
                tap.error(), call.target().pool().provider(), exchange.words(), exchange.shared.loop.epochMillis());
    }

    @Override
    public void end() {
        forwarding.begin(null);
        var end = tap.end(forwarding);
        call.remember(tap.made());
        var rest = forwarding.taken();
        if (!begun && (end != StreamEnd.COMPLETE || seen == 0)) {
            var detail = seen == 0 ? "its stream is empty" : "its stream ended before any content";
            call.fail(end == StreamEnd.FAILED ? streamError() : Failure.garbage("empty_stream", detail));
            return;
        }
        commit();
        if (rest != null) {
            exchange.client.write(rest);
        }
        switch (end) {
            case COMPLETE -> finish(Outcome.OK, null);
            case FAILED -> finish(Outcome.FAILED, null);
            case TRUNCATED ->
                cut(new UpstreamFailure(UpstreamFailure.Kind.CUT, "its stream ended in the middle of the answer"));
        }
    }

    private void finish(Outcome outcome, ErrorCode code) {
        settleUsage();
        call.answered();
        exchange.finish(status(), outcome, code);
        exchange.client.end();
    }

    /** What the client got. */
    private int status() {
        return exchange.early() == null ? head.status() : EarlyStream.OK;
    }

    private void settleUsage() {
        var usage = call.attempt().usage;
        exchange.facts.finishReason = tap.finishReason();
        if (!usage.present()) {
            usage.estimate(
                    TokenEstimate.inputTokens(exchange.requestFacts()), TokenEstimate.ofBytes(tap.contentBytes()));
        }
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void cut(UpstreamFailure failure) {
        settleUsage();
        call.broken(failure);
        var code = UpstreamHeaders.codeOf(failure);
        var message = "The provider's stream broke off: " + failure.detail() + ".";
        exchange.client.write(Unpooled.wrappedBuffer(tap.errorEvent(code, message)));
        exchange.finish(status(), Outcome.FAILED, code);
        exchange.client.breakOff();
    }

    @Override
    public void abandoned() {
        settleUsage();
    }

    @Override
    public void close() {
        letGo();
        backpressure.close();
    }
}
