package dev.fairlead.sidecar.usage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Carries call records from one event loop to the {@link RecordWriter}: one flat array of numbers, written by the loop, read
 * by the writer's thread, without locks and without objects. A record takes as many words as it has attempts and texts; when
 * the words left are too few it is dropped and counted, and nothing else happens.
 *
 * <p>The loop publishes a record by moving {@code tail}, the writer gives the room back by moving {@code head}; both only
 * ever grow. A configuration's {@link RecordNames} travel in a short queue of their own, in step with the first record that
 * uses them, so that a number can never be read with another configuration's names.
 */
public final class RecordRing {
    private static final int NAMES_QUEUED = 8;
    private static final long NEW_NAMES = 1L << 32;
    private static final VarHandle TAIL;
    private static final VarHandle HEAD;
    private static final VarHandle NAMES_TAKEN;
    private static final VarHandle DROPPED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(RecordRing.class, "tail", long.class);
            HEAD = lookup.findVarHandle(RecordRing.class, "head", long.class);
            NAMES_TAKEN = lookup.findVarHandle(RecordRing.class, "namesTaken", long.class);
            DROPPED = lookup.findVarHandle(RecordRing.class, "dropped", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] words;
    private final int halfFull;
    private final Runnable wakeWriter;
    private final RecordNames[] namesQueue = new RecordNames[NAMES_QUEUED];
    private final RecordCursor writing;
    private final RecordCursor reading;

    private volatile RecordNames namesInForce = RecordNames.NONE;
    private volatile boolean writerAsked;
    private volatile boolean closed;

    // Written by the event loop.
    private long tail;
    private long headSeen;
    private long namesGiven;
    private RecordNames namesWritten = RecordNames.NONE;
    private long dropped;

    // Written by the writer's thread.
    private long head;
    private long namesTaken;
    private RecordNames namesRead = RecordNames.NONE;

    /**
     * @param capacity words of eight bytes, a power of two; a usual record takes about fifty
     * @param wakeWriter called on the event loop when the ring is half full, once until the writer has come
     */
    RecordRing(int capacity, Runnable wakeWriter) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, got " + capacity);
        }
        this.words = new long[capacity];
        this.halfFull = capacity / 2;
        this.wakeWriter = wakeWriter;
        this.writing = new RecordCursor(words);
        this.reading = new RecordCursor(words);
    }

    /** Records settled from now on use these names. Any thread. */
    void names(RecordNames names) {
        namesInForce = names;
    }

    /** Takes a copy of the facts for the writer, or counts them as dropped when there is no room. The event loop only. */
    void offer(CallFacts facts) {
        long start = tail;
        if (start - headSeen >= halfFull) {
            headSeen = (long) HEAD.getAcquire(this);
        }
        RecordNames names = namesInForce;
        boolean newNames = names != namesWritten;
        boolean namesFit = !newNames || namesGiven - (long) NAMES_TAKEN.getAcquire(this) < NAMES_QUEUED;
        writing.moveTo(start, headSeen + words.length);
        writing.put(0);
        if (namesFit) {
            RecordLayout.write(facts, names, writing);
        }
        if (closed || !namesFit || writing.overflowed()) {
            DROPPED.setOpaque(this, dropped + 1);
            askWriter();
            return;
        }
        if (newNames) {
            namesQueue[(int) (namesGiven % NAMES_QUEUED)] = names;
            namesGiven++;
            namesWritten = names;
        }
        long end = writing.position();
        writing.patch(start, (end - start) | (newNames ? NEW_NAMES : 0));
        TAIL.setRelease(this, end);
        if (end - headSeen >= halfFull) {
            headSeen = (long) HEAD.getAcquire(this);
            if (end - headSeen >= halfFull) {
                askWriter();
            }
        }
    }

    private void askWriter() {
        if (!writerAsked) {
            writerAsked = true;
            wakeWriter.run();
        }
    }

    /** Where the newest record ends. */
    long end() {
        return (long) TAIL.getAcquire(this);
    }

    /**
     * Reads the oldest record into {@code facts}. The writer's thread only.
     *
     * @param end as {@link #end()} said: later records wait for the next round, so that a busy loop does not keep the writer
     *     from the other ones
     * @return the names it was written under, or {@code null} when {@code end} is reached
     */
    RecordNames poll(CallFacts facts, long end) {
        long start = head;
        if (start == end) {
            return null;
        }
        reading.moveTo(start, Long.MAX_VALUE);
        long header = reading.next();
        if ((header & NEW_NAMES) != 0) {
            int slot = (int) (namesTaken % NAMES_QUEUED);
            namesRead = namesQueue[slot];
            namesQueue[slot] = null;
            NAMES_TAKEN.setRelease(this, namesTaken + 1);
        }
        RecordLayout.read(facts, namesRead, reading);
        HEAD.setRelease(this, start + (int) header);
        return namesRead;
    }

    /** The writer has come: it may be woken again. The writer's thread, before it reads. */
    void writerCame() {
        writerAsked = false;
    }

    /** From now on every record is dropped. */
    void close() {
        closed = true;
    }

    /** Records that found no room. Any thread. */
    long dropped() {
        return (long) DROPPED.getOpaque(this);
    }
}
