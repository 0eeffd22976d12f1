package dev.fairlead.operator.serve;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes lines to one client, each only when the client has room for it: what is to be written is asked for at the last moment,
 * so that nothing queues here. A long line goes out in slices, so that a client that reads nothing holds one slice in its
 * connection and not the line. On the response's event loop only.
 */
public final class LineWriter {
    private static final int SLICE = 32 * 1024;
    private static final int SLICES_A_TURN = 4;
    private static final int LONGEST_STALLS = 10;

    private final HttpServerResponse response;
    private final Context context;
    private final Supplier<Line> source;
    private final LongSupplier nanoTime;
    private final IntConsumer written;

    private Line line;
    private int position;
    private long lineSince;
    private long fullSince;
    private boolean full;
    private boolean turnComes;
    private boolean stopped;

    /**
     * Something to write.
     *
     * @param bytes shared, never changed
     * @param sent runs when the last of it has been given to the connection
     */
    public record Line(Buffer bytes, Runnable sent) {}

    /**
     * @param source gives the next line, {@code null} for none; then {@link #pump} has to be called when there is one
     * @param written hears how many bytes were given to the connection
     */
    public LineWriter(
            HttpServerResponse response,
            Context context,
            Supplier<Line> source,
            LongSupplier nanoTime,
            IntConsumer written) {
        this.response = response;
        this.context = context;
        this.source = source;
        this.nanoTime = nanoTime;
        this.written = written;
        response.drainHandler(drained -> {
            full = false;
            pump();
        });
    }

    /** Writes what there is, as far as the client has room. */
    public void pump() {
        if (turnComes) {
            return;
        }
        for (int i = 0; i < SLICES_A_TURN; i++) {
            if (!step()) {
                return;
            }
        }
        // Others have their turn; and what was written here is flushed, without which the room left is not known.
        turnComes = true;
        context.runOnContext(next -> {
            turnComes = false;
            pump();
        });
    }

    private boolean step() {
        if (stopped || response.closed() || response.ended()) {
            return false;
        }
        if (response.writeQueueFull()) {
            if (!full) {
                full = true;
                fullSince = nanoTime.getAsLong();
            }
            return false;
        }
        full = false;
        if (line == null) {
            line = source.get();
            if (line == null) {
                return false;
            }
            position = 0;
            lineSince = nanoTime.getAsLong();
        }
        int end = Math.min(line.bytes().length(), position + SLICE);
        response.write(line.bytes().slice(position, end));
        written.accept(end - position);
        position = end;
        if (end == line.bytes().length()) {
            var done = line;
            line = null;
            done.sent().run();
        }
        return true;
    }

    /** Whether a line has been begun and not ended. */
    public boolean midLine() {
        return line != null;
    }

    /**
     * Whether the client has had no room for {@code nanos}, or has taken {@value #LONGEST_STALLS} times as long for one line.
     */
    public boolean stalled(long nanos) {
        long now = nanoTime.getAsLong();
        boolean noRoom = full && now - fullSince > nanos;
        boolean endless = line != null && now - lineSince > LONGEST_STALLS * nanos;
        return noRoom || endless;
    }

    /** Writes no more. */
    public void stop() {
        stopped = true;
        line = null;
    }
}
