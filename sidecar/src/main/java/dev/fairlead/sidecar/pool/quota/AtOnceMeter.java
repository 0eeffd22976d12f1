package dev.fairlead.sidecar.pool.quota;

import java.util.PriorityQueue;
import java.util.Queue;

/** A limit of calls on their way. */
final class AtOnceMeter extends Meter {
    /** So long after a call was cut its place is kept: the provider sees its connection's end later than we do. */
    private static final long CUT_MS = 25;

    /** So long the calls of a process that has died may still run at the provider. */
    private static final long DEAD_MS = 10_000;

    private static final double SLOWEST = 0.1;

    private long underway;
    /** When the places of calls that were cut are free, the first first; no more than calls were underway. */
    private final Queue<Long> leaving = new PriorityQueue<>(1);

    private double holdMs = Share.ASK_MS;

    AtOnceMeter(String name, Dimension dimension, long since) {
        super(name, dimension, since);
    }

    @Override
    long used(long t) {
        while (!leaving.isEmpty() && leaving.peek() <= t) {
            leaving.poll();
            underway--;
        }
        return underway;
    }

    @Override
    long roomIn(long asked, long size, long t) {
        if (used(t) < size) {
            return 0;
        }
        return leaving.isEmpty() ? Math.max(10, (long) (holdMs / Math.max(1, size))) : Math.max(1, leaving.peek() - t);
    }

    @Override
    long startsIn(long t) {
        return 0;
    }

    @Override
    long emptyIn(long t) {
        return 0;
    }

    @Override
    long callsUntil(long amount, long untilMs, long t) {
        long size = share.hopedFor();
        return (long) (Math.max(0, size - used(t)) + Math.max(0, untilMs - t) / holdMs * size);
    }

    @Override
    long take(long amount, long t) {
        underway++;
        keep(t);
        return 0;
    }

    @Override
    long exhaustedIn(long t) {
        return NEVER;
    }

    @Override
    void usedBefore(long amount, long t) {
        // Its calls have died with it; the provider may take a while to notice.
        for (long i = 0; i < Math.min(amount, share.limit()); i++) {
            underway++;
            leaving.add(t + DEAD_MS);
        }
    }

    /** So many more calls that are on their way count in it. */
    void underway(long difference) {
        underway += difference;
    }

    /** A call on its way has ended after so long; one that was cut keeps its place for a moment. */
    void ended(long tookMs, boolean cut, long t) {
        if (cut) {
            leaving.add(t + CUT_MS);
        } else {
            underway--;
        }
        holdMs += SLOWEST * (Math.max(1, tookMs) - holdMs);
    }
}
