package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.books.Outcome;
import dev.fairlead.operator.simulate.dialect.Demand;
import dev.fairlead.operator.simulate.dialect.Dialect;
import dev.fairlead.operator.simulate.dialect.Frame;
import dev.fairlead.operator.simulate.fault.Fault;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Streams that begin well and go wrong. */
final class StreamFaults {

    private static final int EVENTS_BEFORE = 2;
    private static final long ENDLESS_PACE_MILLIS = 20;

    private final Dialect dialect;
    private final Answerer answerer;

    StreamFaults(Dialect dialect, Answerer answerer) {
        this.dialect = dialect;
        this.answerer = answerer;
    }

    /** Some events, then the connection closes without the stream's end. */
    void cut(Fault fault, Exchange exchange, Demand.Metered call) {
        breakOff(fault, exchange, call, () -> exchange.wire().close());
    }

    /** Some events, then the connection is reset. */
    void reset(Fault fault, Exchange exchange, Demand.Metered call) {
        breakOff(fault, exchange, call, () -> exchange.wire().reset());
    }

    /** Some events (none unless asked for), then nothing until the caller leaves. */
    void stall(Fault fault, Exchange exchange, Demand.Metered call) {
        List<Frame> frames = first(events(fault, 0), exchange, call);
        answerer.stream(exchange, call, frames.iterator(), written -> withHead(exchange, written));
    }

    /** Some events, an error as an event, and a proper end. */
    void error(Fault fault, Exchange exchange, Demand.Metered call) {
        List<Frame> frames = first(events(fault, EVENTS_BEFORE), exchange, call);
        frames.add(new Frame(dialect.streamError(fault.bodyText()), 0));
        answerer.stream(exchange, call, frames.iterator(), written -> {
            exchange.response().end();
            exchange.end(Outcome.faulted);
        });
    }

    /** Content without end, at its pace but never flat out. */
    void neverEnd(Exchange exchange, Demand.Metered call) {
        long perChunk = exchange.latency().perChunk().value();
        long pause = perChunk == 0 ? ENDLESS_PACE_MILLIS : perChunk;
        exchange.openStream();
        exchange.used(call.inputTokens(), 0);
        new StreamPump(exchange, call.answer().endless(), () -> pause, written -> {}).run();
    }

    private void breakOff(Fault fault, Exchange exchange, Demand.Metered call, Runnable ending) {
        List<Frame> frames = first(events(fault, EVENTS_BEFORE), exchange, call);
        answerer.stream(
                exchange,
                call,
                frames.iterator(),
                written -> withHead(exchange, written).onComplete(unused -> {
                    exchange.end(Outcome.faulted);
                    ending.run();
                }));
    }

    /** Without any event the head has not gone out yet. */
    private static Future<Void> withHead(Exchange exchange, Future<Void> written) {
        return exchange.response().headWritten() ? written : exchange.response().writeHead();
    }

    private static int events(Fault fault, int otherwise) {
        return fault.afterChunks() == null ? otherwise : fault.afterChunks();
    }

    private static List<Frame> first(int events, Exchange exchange, Demand.Metered call) {
        Iterator<Frame> all = call.answer().stream(Answerer.chunks(exchange, call.answer()));
        List<Frame> first = new ArrayList<>();
        while (first.size() < events && all.hasNext()) {
            first.add(all.next());
        }
        return first;
    }
}
