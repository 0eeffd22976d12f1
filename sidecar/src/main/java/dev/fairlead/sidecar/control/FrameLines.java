package dev.fairlead.sidecar.control;

import java.util.Arrays;

/** Cuts a stream of bytes into lines, wherever the network has cut it. Not thread-safe. */
final class FrameLines {
    /** A configuration is one line, and this is the largest that we take. */
    static final int MAX_LINE_BYTES = 16 << 20;

    private static final byte[] NOTHING = {};
    private static final int FIRST_ROOM = 4_096;

    private final Taker taker;
    private final int maxLineBytes;
    private byte[] held = NOTHING;
    private int length;

    /** Takes a line without its end. */
    interface Taker {
        /** The bytes are the caller's again afterwards. */
        void line(byte[] bytes, int from, int to) throws MalformedFrameException;
    }

    FrameLines(Taker taker) {
        this(taker, bound(Runtime.getRuntime().maxMemory()));
    }

    /** A line, the configuration cut out of it and what is read from that must fit beside the one in force. */
    static int bound(long heapBytes) {
        return (int) Math.min(MAX_LINE_BYTES, heapBytes / 6);
    }

    FrameLines(Taker taker, int maxLineBytes) {
        this.taker = taker;
        this.maxLineBytes = maxLineBytes;
    }

    /** Takes the next bytes and hands on every line that they complete. */
    void feed(byte[] chunk) throws MalformedFrameException {
        int start = 0;
        for (int i = 0; i < chunk.length; i++) {
            if (chunk[i] == '\n') {
                end(chunk, start, i);
                start = i + 1;
            }
        }
        hold(chunk, start, chunk.length);
    }

    private void end(byte[] chunk, int from, int to) throws MalformedFrameException {
        if (length == 0) {
            bound(to - from);
            give(chunk, from, to);
            return;
        }
        hold(chunk, from, to);
        var line = held;
        int end = length;
        // Let go first: a large line is a third of an injected sidecar's heap.
        held = NOTHING;
        length = 0;
        give(line, 0, end);
    }

    private void give(byte[] bytes, int from, int to) throws MalformedFrameException {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (end > from) {
            taker.line(bytes, from, end);
        }
    }

    private void hold(byte[] chunk, int from, int to) throws MalformedFrameException {
        int more = to - from;
        if (more == 0) {
            return;
        }
        bound(length + more);
        if (length + more > held.length) {
            int room = Math.max(FIRST_ROOM, Math.max(length + more, held.length + (held.length >> 1)));
            held = Arrays.copyOf(held, Math.min(room, maxLineBytes));
        }
        System.arraycopy(chunk, from, held, length, more);
        length += more;
    }

    private void bound(int bytes) throws MalformedFrameException {
        if (bytes > maxLineBytes) {
            throw new MalformedFrameException(
                    "a line is longer than " + maxLineBytes + " bytes, the most that this sidecar's memory allows");
        }
    }
}
