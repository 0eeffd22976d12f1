package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.SseFraming;
import dev.fairlead.sidecar.dialect.SseSink;
import java.util.Arrays;

/** Passes on whole events, all but the one that carries only usage. Holds no more than the beginning of one event. */
final class EventHold implements SseSink {
    private static final byte[] NOTHING = {};

    /** A buffer that a large event has made larger than this is given up after it. */
    private static final int USUAL_BYTES = 16 * 1024;

    private final int limit;
    private final ChunkReader reader;
    private byte[] held = NOTHING;
    private int heldLength;
    private byte[] in = NOTHING;
    private Output out = (bytes, off, len) -> {};
    /** Where the bytes begin that have not been passed on, and where the current event does; indices of {@link #in}. */
    private int from;

    private int eventStart;
    private boolean dropped;
    private boolean passing;

    EventHold(ChunkReader reader, int limit) {
        this.reader = reader;
        this.limit = limit;
    }

    void feed(SseFraming framing, byte[] bytes, int off, int len, Output output) {
        in = bytes;
        out = output;
        from = off;
        eventStart = off;
        framing.feed(bytes, off, len);
        int end = off + len;
        passing |= heldLength + (long) (end - eventStart) > limit;
        if (passing) {
            passHeld();
            eventStart = end;
        }
        pass(eventStart);
        hold(end);
        in = NOTHING;
    }

    /** The stream has ended within an event; it goes out when it is wanted. */
    void end(boolean wanted, Output output) {
        out = output;
        if (wanted) {
            passHeld();
        }
        heldLength = 0;
    }

    /** There is no room to hold it: what is held of the current event goes out now, and the rest of it as it comes. */
    void letPass(Output output) {
        out = output;
        passing = true;
        passHeld();
    }

    /** Whether the client has got a part of the current event. */
    boolean passing() {
        return passing;
    }

    int heldBytes() {
        return heldLength;
    }

    @Override
    public void data(byte[] bytes, int off, int len) {
        reader.data(bytes, off, len);
    }

    @Override
    public void nextDataLine() {
        reader.nextDataLine();
    }

    @Override
    public void commentEnded(int after) {
        passHeld();
        dropped = false;
        eventStart = after;
    }

    @Override
    public void eventEnded(int after, boolean hadData) {
        reader.eventEnded(after, hadData);
        dropped = reader.usageOnly() && !passing;
        if (dropped) {
            pass(eventStart);
            heldLength = 0;
            from = after;
        } else {
            passHeld();
        }
        passing = false;
        eventStart = after;
    }

    @Override
    public void lineFeedFollowed(int after) {
        from = dropped ? after : from;
        eventStart = after;
    }

    private void pass(int to) {
        if (to > from) {
            out.forward(in, from, to - from);
            from = to;
        }
    }

    private void passHeld() {
        if (heldLength > 0) {
            out.forward(held, 0, heldLength);
            heldLength = 0;
        }
        if (held.length > USUAL_BYTES) {
            held = NOTHING;
        }
    }

    private void hold(int end) {
        int more = end - from;
        if (more > 0) {
            if (heldLength + more > held.length) {
                held = Arrays.copyOf(held, Math.max(heldLength + more, Math.min(limit, 2 * held.length + 512)));
            }
            System.arraycopy(in, from, held, heldLength, more);
            heldLength += more;
        }
    }
}
