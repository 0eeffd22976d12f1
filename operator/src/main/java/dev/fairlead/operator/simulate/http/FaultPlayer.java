package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.account.Admission;
import dev.fairlead.operator.simulate.account.Dimension;
import dev.fairlead.operator.simulate.account.Headroom;
import dev.fairlead.operator.simulate.books.Outcome;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.dialect.Dialect;
import dev.fairlead.operator.simulate.dialect.Refusal;
import dev.fairlead.operator.simulate.dialect.Reply;
import dev.fairlead.operator.simulate.fault.Fault;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Acts faults out on the wire. */
final class FaultPlayer {

    private static final byte[] NOISE = {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46, 0x0A, 0x00, (byte) 0xFF, 0x0D, 0x0A};
    private static final String HALF_A_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/js";
    private static final long RETRY_AFTER_MILLIS = 1000;

    private final Dialect dialect;
    private final Answerer answerer;
    private final StreamFaults streams;

    FaultPlayer(Dialect dialect, Answerer answerer) {
        this.dialect = dialect;
        this.answerer = answerer;
        this.streams = new StreamFaults(dialect, answerer);
    }

    /**
     * Strikes a call.
     *
     * @param key the credential, which an error may quote masked
     */
    void strike(Fault fault, Exchange exchange, Demand call, String key) {
        exchange.entry().struckBy(fault.kind());
        exchange.later(fault.delay(), () -> {
            if (call.stream() && call instanceof Demand.Metered metered) {
                strikeStream(fault, exchange, metered, key);
            } else {
                strikeAny(fault, exchange, call, key);
            }
        });
    }

    private void strikeStream(Fault fault, Exchange exchange, Demand.Metered call, String key) {
        switch (fault.kind()) {
            case stall -> streams.stall(fault, exchange, call);
            case cutStream -> streams.cut(fault, exchange, call);
            case errorInStream -> streams.error(fault, exchange, call);
            case neverEnding -> streams.neverEnd(exchange, call);
            case reset -> {
                if (fault.afterChunks() == null) {
                    resetInHead(exchange);
                } else {
                    streams.reset(fault, exchange, call);
                }
            }
            default -> strikeAny(fault, exchange, call, key);
        }
    }

    private void strikeAny(Fault fault, Exchange exchange, Demand call, String key) {
        switch (fault.kind()) {
            case status -> refuse(fault, exchange, new Refusal.Status(fault.status()));
            case rateLimit -> rateLimit(fault, exchange, call);
            case overloaded -> refuse(fault, exchange, new Refusal.Overloaded());
            case serverError -> refuse(fault, exchange, new Refusal.ServerError());
            case badKey -> refuse(fault, exchange, new Refusal.WrongKey(key));
            case quota -> refuse(fault, exchange, notAdmitted(new Admission.QuotaExhausted(), exchange, call));
            case htmlBadGateway -> send(fault, exchange, EdgePage.badGateway().reply());
            case garbage -> garbage(fault, exchange);
            case refuse -> {
                exchange.end(Outcome.faulted);
                exchange.wire().close();
            }
            case stallBeforeHeaders -> {
                // The caller's leaving ends it.
            }
            case stall -> {
                exchange.head(200, "application/json", List.of(new Reply.Header("content-length", "1000")));
                exchange.response().writeHead();
            }
            case slow -> answerer.finish(exchange, call);
            case reset -> resetInHead(exchange);
            case truncatedBody -> truncate(exchange, call);
            case cutStream, errorInStream, neverEnding ->
                throw new IllegalStateException(fault.kind() + " struck a call that is no stream");
        }
    }

    private void refuse(Fault fault, Exchange exchange, Refusal refusal) {
        send(fault, exchange, dialect.refusal(refusal));
    }

    private void rateLimit(Fault fault, Exchange exchange, Demand call) {
        long limit = Math.max(1, exchange.account().requestLimit());
        long wait = fault.retryAfterMillis(RETRY_AFTER_MILLIS) * 1000;
        exchange.limits(dialect.limitHeaders(new Headroom(new Headroom.Gauge(limit, 0, wait), null)));
        Admission.Refused why = new Admission.RateLimited(Dimension.REQUESTS_PER_MINUTE, limit, limit, 1, wait);
        refuse(fault, exchange, notAdmitted(why, exchange, call));
    }

    private static Refusal notAdmitted(Admission.Refused why, Exchange exchange, Demand call) {
        return new Refusal.NotAdmitted(why, call.model(), exchange.account().organization());
    }

    private static void send(Fault fault, Exchange exchange, Reply reply) {
        String body = fault.bodyText();
        Reply altered = new Reply(
                fault.status() == null ? reply.status() : fault.status(),
                reply.contentType(),
                body == null ? reply.body() : body,
                reply.headers());
        if (fault.retryAfter() != null) {
            long millis = fault.retryAfterMillis(0);
            altered = altered.with("retry-after", Long.toString((millis + 999) / 1000))
                    .with("retry-after-ms", Long.toString(millis));
        }
        if (fault.headers() != null) {
            for (Map.Entry<String, String> header : fault.headers().entrySet()) {
                altered = altered.with(header.getKey(), header.getValue());
            }
        }
        exchange.send(altered, Outcome.faulted);
    }

    private static void garbage(Fault fault, Exchange exchange) {
        if (fault.status() != null) {
            send(fault, exchange, new Reply(fault.status(), "application/json", "<<< not JSON >>>", List.of()));
            return;
        }
        String body = fault.bodyText();
        exchange.end(Outcome.faulted);
        exchange.wire().sendAndClose(body == null ? NOISE : body.getBytes(StandardCharsets.UTF_8));
    }

    private static void resetInHead(Exchange exchange) {
        exchange.end(Outcome.faulted);
        exchange.wire().sendAndReset(HALF_A_HEAD);
    }

    private void truncate(Exchange exchange, Demand call) {
        Reply whole = answerer.whole(exchange, call);
        Buffer body = Buffer.buffer(whole.body());
        Reply.Header length = new Reply.Header("content-length", Integer.toString(body.length()));
        exchange.head(whole.status(), whole.contentType(), List.of(length));
        exchange.response().write(body.slice(0, body.length() / 2)).onComplete(unused -> {
            exchange.end(Outcome.faulted);
            exchange.wire().close();
        });
    }
}
