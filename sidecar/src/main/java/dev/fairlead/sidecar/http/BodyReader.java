package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.Exchange;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Gathers a request's body in one array, reserving its bytes before they are kept. */
final class BodyReader {
    private static final int FIRST_CHUNK = 4 * 1024;
    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private final boolean announced;
    private final long maxBytes;
    private byte[] bytes = NOTHING;
    private int capacity;
    private int length;
    private boolean first = true;

    /** What became of a part. */
    enum Added {
        TAKEN,
        TOO_LARGE,
        NO_ROOM
    }

    /** @param announcedBytes already held for the exchange; -1 when the client sends chunks */
    BodyReader(Exchange exchange, int announcedBytes, long maxBytes) {
        this.exchange = exchange;
        this.announced = announcedBytes >= 0;
        this.maxBytes = maxBytes;
        this.capacity = Math.max(0, announcedBytes);
    }

    Added add(ByteBuf part) {
        int more = part.readableBytes();
        if (!first) {
            exchange.progress();
        }
        first = false;
        long needed = (long) length + more;
        if (needed > maxBytes) {
            return Added.TOO_LARGE;
        }
        if (needed > capacity) {
            int size = (int) Math.min(maxBytes, Math.max(needed, Math.max(FIRST_CHUNK, capacity * 2L)));
            if (!exchange.hold(size - capacity)) {
                return Added.NO_ROOM;
            }
            capacity = size;
        }
        if (more == capacity && part.arrayOffset() == 0 && part.readerIndex() == 0 && part.array().length == more) {
            bytes = part.array(); // All of the body in one part, which nobody else keeps.
            length = more;
            return Added.TAKEN;
        }
        if (bytes.length < capacity) {
            bytes = Arrays.copyOf(bytes, capacity);
        }
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
        return Added.TAKEN;
    }

    /** The body; exactly as long as what was read. */
    byte[] bytes() {
        return announced && length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
