package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.dialect.Frame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes the events of a stream at their pace and no faster than the caller reads. Events that are due together go out in
 * one write.
 */
final class StreamPump {

    private static final int BATCH = 16 * 1024;

    private final Exchange exchange;
    private final Iterator<Frame> frames;
    private final LongSupplier pause;
    private final Consumer<Future<Void>> whenDone;
    private Frame due;

    /**
     * @param pause milliseconds before the next content event
     * @param whenDone given the completion of the last write, once no event is left
     */
    StreamPump(Exchange exchange, Iterator<Frame> frames, LongSupplier pause, Consumer<Future<Void>> whenDone) {
        this.exchange = exchange;
        this.frames = frames;
        this.pause = pause;
        this.whenDone = whenDone;
    }

    void run() {
        if (exchange.isOver()) {
            return;
        }
        Buffer batch = Buffer.buffer();
        Future<Void> written = Future.succeededFuture();
        while (due != null || frames.hasNext()) {
            if (exchange.response().writeQueueFull()) {
                write(batch);
                exchange.response().drainHandler(unused -> run());
                return;
            }
            if (due == null) {
                due = frames.next();
                long wait = due.tokens() > 0 ? pause.getAsLong() : 0;
                if (wait > 0) {
                    write(batch);
                    exchange.later(wait, this::run);
                    return;
                }
            }
            append(batch);
            if (batch.length() >= BATCH) {
                written = write(batch);
                batch = Buffer.buffer();
            }
        }
        whenDone.accept(batch.length() == 0 ? written : write(batch));
    }

    private void append(Buffer batch) {
        batch.appendString(due.text());
        exchange.entry().event();
        if (due.tokens() > 0) {
            exchange.used(0, due.tokens());
        }
        due = null;
    }

    private Future<Void> write(Buffer batch) {
        return batch.length() == 0
                ? Future.succeededFuture()
                : exchange.response().write(batch);
    }
}
