package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.limit.SlidingWindow;

/** A limit of what begins within a time: a window and, where not all of it may begin at once, a pace. */
final class WindowMeter extends Meter {
    /** A call arrives at the provider sooner or later than the one before it: windows are this much longer than the provider's. */
    private static final long JITTER_MS = 250;

    /** A bucket so shallow that calls hardly ever leave it full is never later than this part of the time between two calls. */
    private static final double JITTER_PART = 0.025;

    private static final int SLOTS = 120;
    private static final long MINUTE_MS = 60_000;

    private final SlidingWindow window;
    private final SlidingWindow lastMinute;
    private final Bucket starts = new Bucket();
    private long burst;

    WindowMeter(String name, Dimension dimension, long since) {
        super(name, dimension, since);
        this.window = new SlidingWindow(dimension.windowMs + JITTER_MS, SLOTS);
        // The slots of a day are too wide to tell the pace of the last minute.
        this.lastMinute = dimension.windowMs > MINUTE_MS ? new SlidingWindow(MINUTE_MS, 12) : null;
    }

    @Override
    void use(long limit, long newBurst, boolean shared) {
        super.use(limit, newBurst, shared);
        burst = newBurst;
    }

    @Override
    long used(long t) {
        return window.sum(t);
    }

    @Override
    long roomIn(long asked, long size, long t) {
        return window.sum(t) + asked <= size ? 0 : Math.max(1, window.untilAtMost(size - asked, t));
    }

    @Override
    long startsIn(long t) {
        return burst > 0 ? starts.waitFor(1, depth(share.size()), perMs(share.size()), t) : 0;
    }

    @Override
    long emptyIn(long t) {
        return window.sum(t) <= 0 ? 0 : window.untilAtMost(0, t);
    }

    @Override
    long callsUntil(long amount, long untilMs, long t) {
        long size = share.hopedFor();
        long ahead = Math.max(0, untilMs - t);
        double calls;
        if (ahead > dimension.windowMs) {
            calls = (double) size / Math.max(1, amount) * ahead / dimension.windowMs;
        } else {
            long free = Math.max(0, size - window.sum(t) + window.leavingUntil(untilMs, t));
            calls = (double) free / Math.max(1, amount);
        }
        return (long) (burst > 0 ? Math.min(calls, starts.amountUntil(untilMs, depth(size), slowest(size), t)) : calls);
    }

    /** Returns the slot, for {@link #correct} and {@link #undo}. */
    @Override
    long take(long amount, long t) {
        if (burst > 0) {
            starts.take(1, depth(share.size()), perMs(share.size()), lateMs(), t);
        }
        if (lastMinute != null) {
            lastMinute.add(amount, t);
        }
        long slot = window.add(amount, t);
        keep(t);
        return slot;
    }

    @Override
    void usedBefore(long amount, long t) {
        window.add(amount, t);
        if (lastMinute != null) {
            lastMinute.add(amount, t);
        }
        if (burst > 0) {
            starts.take(Math.min(amount, depth(share.size())), depth(share.size()), perMs(share.size()), lateMs(), t);
        }
    }

    /** What was taken in a slot was really so much; more than that counts from now on. */
    void correct(long slot, long taken, long really, long t) {
        if (lastMinute != null) {
            lastMinute.add(really - taken, t);
        }
        if (really > taken) {
            window.add(really - taken, t);
            keep(t);
        } else if (really < taken) {
            window.correct(slot, really - taken, t);
        }
    }

    /** What was taken in a slot is used now; returns the slot that it has now. */
    long move(long slot, long taken, long t) {
        window.correct(slot, -taken, t);
        long now = window.add(taken, t);
        keep(t);
        return now;
    }

    /** A call that was counted has not happened. */
    void undo(long slot, long taken, long t) {
        if (lastMinute != null) {
            lastMinute.add(-taken, t);
        }
        window.correct(slot, -taken, t);
        if (burst > 0) {
            starts.giveBack(1);
        }
    }

    /** The provider has counted by now what began then. True when calls may begin sooner by that. */
    boolean counted(long beganMs, long t) {
        return burst > 0 && starts.heard(beganMs, t);
    }

    @Override
    long exhaustedIn(long t) {
        long free = share.size() - window.sum(t);
        if (free <= 0) {
            return 0;
        }
        // A day's window hardly gives anything back while a minute fills; a minute's gives back what came a minute ago.
        double perMs = lastMinute != null
                ? (double) lastMinute.sum(t) / MINUTE_MS
                : window.sumSince(t - 10_000, t) / 10_000.0 - (double) window.sum(t) / MINUTE_MS;
        return perMs <= 0 ? NEVER : (long) Math.min(free / perMs, (double) NEVER);
    }

    private double depth(long size) {
        // A share of a burst, but never so little that no call could begin at all.
        return share.divided() ? Math.max(1, (double) burst * size / share.limit()) : burst;
    }

    /** How much later than ours the provider's bucket may begin to fill; at full load it costs a fortieth at most. */
    private long lateMs() {
        double perMs = perMs(share.size());
        return perMs <= 0 ? 0 : (long) Math.min(JITTER_MS, (depth(share.size()) - 1 + JITTER_PART) / perMs);
    }

    /** The pace where each call leaves so shallow a bucket full, and no status line tells when the provider has counted it. */
    private double slowest(long size) {
        double perMs = perMs(size);
        double eachLateMs = perMs <= 0 ? 0 : lateMs() - (depth(size) - 1) / perMs;
        return eachLateMs <= 0 ? perMs : perMs / (1 + eachLateMs * perMs);
    }

    private static double perMs(long size) {
        return (double) size / MINUTE_MS;
    }
}
