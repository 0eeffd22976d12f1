package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A stream that was begun towards the client before there is content: it carries comments, so that nobody on the way takes the
 * silence for a dead connection. Which target answers is still open. If none does, the error is an event, and the connection
 * breaks: there is no clean end without an answer.
 */
final class EarlyStream {
    static final int OK = 200;
    private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final Deadlines.Entry next = new Deadlines.Entry(this::comment);

    EarlyStream(Exchange exchange) {
        this.exchange = exchange;
    }

    void open() {
        var head = new ResponseHead(OK).add(AnswerHeaders.CONTENT_TYPE, "text/event-stream");
        AnswerHeaders.addUndecided(head, exchange);
        exchange.client.begin(AnswerHeaders.unbuffered(head));
        exchange.shared.deadlines.watch(next);
        comment();
    }

    private void comment() {
        if (!exchange.client.full()) {
            exchange.client.write(Unpooled.wrappedBuffer(COMMENT));
        }
        next.dueAt(exchange.shared.loop.nowMs() + exchange.shared.patience.silenceMs());
    }

    /** The content begins, or nothing more comes. */
    void close() {
        exchange.shared.deadlines.forget(next);
    }

    /** Ends the exchange with an error of ours. */
    void refuse(ErrorCode code, String message) {
        end(exchange.endpoint.format().errorEvent(code, message), code);
    }

    /** Ends the exchange with the provider's own words. */
    void passOn(ProviderAnswer answer) {
        end(exchange.endpoint.format().errorEvent(new String(answer.body(), StandardCharsets.UTF_8)), null);
    }

    private void end(byte[] event, ErrorCode code) {
        exchange.finish(OK, Outcome.FAILED, code);
        exchange.client.write(Unpooled.wrappedBuffer(event));
        exchange.client.breakOff();
    }
}
