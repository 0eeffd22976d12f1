package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.ResponseUsageScanner;
import dev.fairlead.sidecar.dialect.openai.TokenEstimate;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.Verdict;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * An answer without a stream: a small one is gathered and sent in one write, after it has been read to its end as JSON; a
 * larger one passes through in pieces as the client takes them.
 */
final class WholeRelay implements Relay {
    private static final int GATHERED_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final ProviderCall call;
    private final ResponseHead head;
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
        } else if (seen > GATHERED_BYTES || contentLength > GATHERED_BYTES || !reserve(length)) {
            begin();
            exchange.client.write(piece);
            backpressure.check();
        } else {
            gathered = gathered == null ? piece : Unpooled.wrappedBuffer(gathered, piece);
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
        if (!begun && !json) {
            var detail = seen == 0 ? "its answer is empty" : "its answer is not JSON";
            call.fail(new Failure(
                    Verdict.of(FailureClass.SERVER, "not_json"),
                    null,
                    new UpstreamFailure(UpstreamFailure.Kind.GARBAGE, detail)));
            return;
        }
        settleUsage();
        call.answered();
        // First the record, then the last byte: whoever has seen the answer finds the call settled.
        exchange.finish(head.status(), Outcome.OK, null);
        if (begun) {
            exchange.client.end();
        } else {
            AnswerHeaders.addTo(head, exchange);
            exchange.client.answer(head, gathered);
        }
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
