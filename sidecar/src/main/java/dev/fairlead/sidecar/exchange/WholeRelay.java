package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.ResponseUsageScanner;
import dev.fairlead.sidecar.dialect.openai.TokenEstimate;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * An answer without a stream: a small one is gathered and sent in one write, after it has been read to its end as JSON, so that
 * an error that comes with a 200 in place of the answer can still go to another key; a larger one passes through in pieces as the
 * client takes them.
 */
final class WholeRelay implements Relay {
    private static final int GATHERED_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final ProviderCall call;
    private final ResponseHead head;
    private final HeaderLookup headers;
    private final long contentLength;
    private final ResponseUsageScanner scanner;
    private final Backpressure backpressure;
    private ByteBuf gathered;
    private long held;
    private long seen;
    private boolean begun;

    WholeRelay(Exchange exchange, ProviderCall call, int status, HeaderLookup headers) {
        this.exchange = exchange;
        this.call = call;
        this.head =
                UpstreamHeaders.forwarded(status, headers, call.target().pool().provider());
        this.headers = headers;
        this.contentLength = UpstreamHeaders.contentLength(headers);
        this.scanner = new ResponseUsageScanner(exchange.endpoint.format(), call.attempt().usage);
        this.backpressure = new Backpressure(exchange, call);
    }

    @Override
    public void data(ByteBuf piece) {
        int length = piece.readableBytes();
        seen += length;
        scanner.feed(piece.array(), piece.arrayOffset() + piece.readerIndex(), length);
        call.remember(scanner.made());
        if (begun) {
            exchange.client.write(piece);
            backpressure.check();
        } else if (seen <= GATHERED_BYTES && contentLength <= GATHERED_BYTES && reserve(length)) {
            gathered = gathered == null ? piece : Unpooled.wrappedBuffer(gathered, piece);
        } else if (exchange.early() != null) {
            call.upstream().cancel();
            call.fail(notTheStream());
        } else {
            begin();
            exchange.client.write(piece);
            backpressure.check();
        }
    }

    private boolean reserve(int bytes) {
        if (!exchange.shared.budget.reserve(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    private void begin() {
        begun = true;
        AnswerHeaders.addTo(head, exchange);
        exchange.releaseBytes();
        exchange.client.begin(head.contentLength(contentLength));
        if (gathered != null) {
            exchange.client.write(gathered);
            gathered = null;
        }
        letGo();
    }

    private void letGo() {
        exchange.shared.budget.release(held);
        held = 0;
    }

    @Override
    public void end() {
        boolean json = scanner.end();
        var failure = begun ? null : failure(json);
        if (failure != null) {
            call.fail(failure);
            return;
        }
        settleUsage();
        call.answered();
        // First the record, then the last byte: whoever has seen the answer finds the call settled.
        exchange.finish(head.status(), scanner.error() == null ? Outcome.OK : Outcome.FAILED, null);
        if (begun) {
            exchange.client.end();
        } else {
            AnswerHeaders.addTo(head, exchange);
            exchange.client.answer(head, gathered);
        }
    }

    /** Why what was gathered is no answer for the client, {@code null} when it is one. */
    private Failure failure(boolean json) {
        if (!json) {
            return Failure.garbage("not_json", seen == 0 ? "its answer is empty" : "its answer is not JSON");
        }
        var inside = scanner.error() == null || scanner.answered() ? null : errorInside();
        return inside == null && exchange.early() != null ? notTheStream() : inside;
    }

    /**
     * The error that came in place of an answer. A response that failed by the caller's fault is the answer to the call: another
     * key would be told the same.
     */
    private Failure errorInside() {
        var provider = call.target().pool().provider();
        long now = exchange.shared.loop.epochMillis();
        boolean around = scanner.finishReason() != null;
        if (around) {
            var failure = ErrorInside.failure(scanner.error(), provider, exchange.words(), now);
            return failure.fallbackKind() == null && exchange.early() == null ? null : failure;
        }
        var said = new ProviderAnswer(
                ErrorInside.status(scanner.error()),
                headers.get("content-type"),
                provider.requestId(headers),
                ByteBufUtil.getBytes(gathered));
        return ErrorInside.failure(said, provider, exchange.words(), now);
    }

    private static Failure notTheStream() {
        return Failure.garbage("not_a_stream", "its answer is not the stream asked for");
    }

    private void settleUsage() {
        var usage = call.attempt().usage;
        exchange.facts.finishReason = scanner.finishReason();
        if (!usage.present()) {
            usage.estimate(
                    TokenEstimate.inputTokens(exchange.requestFacts()), TokenEstimate.ofBytes(scanner.contentBytes()));
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
        exchange.finish(head.status(), Outcome.FAILED, UpstreamHeaders.codeOf(failure));
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
