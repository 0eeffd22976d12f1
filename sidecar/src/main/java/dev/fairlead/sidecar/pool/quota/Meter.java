package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.limit.SlidingWindow;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import java.util.ArrayDeque;

/**
 * One limit and what counts in it. Where the limit is shared among processes, its size is what this one was given. Steady
 * milliseconds; waits are relative.
 */
final class Meter {
    static final long NEVER = Long.MAX_VALUE;
    /** How long a process without a share waits for one before it asks again what else there is. */
    static final long SHARE_MS = 1_000;
    /** A call arrives at the provider sooner or later than the one before it: windows are this much longer than the provider's. */
    private static final long JITTER_MS = 250;

    /** A bucket so shallow that calls hardly ever leave it full is never later than this part of the time between two calls. */
    private static final double JITTER_PART = 0.025;

    /** So long after a call was cut its place is kept: the provider sees its connection's end later than we do. */
    static final long CUT_MS = 25;

    private static final int SLOTS = 120;
    private static final double SLOWEST = 0.1;

    private String name;
    private final Dimension dimension;
    private final long since;
    private final SlidingWindow window;
    private final SlidingWindow lastMinute;
    private final Bucket starts = new Bucket();
    private long limit;
    private long burst;
    private boolean shared;
    private long share;
    private boolean fleetIsOut;
    private long wanted;
    private long lacked;
    private long wantedAtReading;
    private long underway;
    /** When the places of calls that were cut are free, in order; no more than calls were underway. */
    private final ArrayDeque<Long> leaving = new ArrayDeque<>(0);

    private double holdMs = SHARE_MS;

    /** @param since when it begins to count */
    Meter(String name, Dimension dimension, long since) {
        this.name = name;
        this.dimension = dimension;
        this.since = since;
        boolean windowed = dimension.windowMs > 0;
        this.window = windowed ? new SlidingWindow(dimension.windowMs + JITTER_MS, SLOTS) : null;
        // The slots of a day are too wide to tell the pace of the last minute.
        this.lastMinute = dimension.windowMs > 60_000 ? new SlidingWindow(60_000, 12) : null;
    }

    /** @param newBurst calls that may begin at once, 0 where only the window counts */
    void use(long newLimit, long newBurst, boolean nowShared) {
        limit = newLimit;
        burst = newBurst;
        if (nowShared && !shared) {
            share = 0;
            fleetIsOut = false;
        }
        shared = nowShared;
    }

    /** It counts on under another name, of which this process has no share yet. */
    void rename(String newName) {
        name = newName;
        share = 0;
        fleetIsOut = false;
    }

    String name() {
        return name;
    }

    Dimension dimension() {
        return dimension;
    }

    Dimension.Unit unit() {
        return dimension.unit;
    }

    boolean shared() {
        return shared;
    }

    /** What this process may use. */
    long size() {
        return shared ? Math.min(share, limit) : limit;
    }

    long used(long t) {
        return window == null ? underway(t) : window.sum(t);
    }

    private long underway(long t) {
        while (!leaving.isEmpty() && leaving.peek() <= t) {
            leaving.poll();
            underway--;
        }
        return underway;
    }

    /** Milliseconds until {@code amount} fits, 0 for now, {@link #NEVER} when the whole limit is less than {@code atLeast}. */
    long waitFor(long amount, long atLeast, long t) {
        if (atLeast > limit) {
            return NEVER;
        }
        long size = size();
        long asked = Math.min(amount, limit);
        if (asked > size) {
            lacked = Math.max(lacked, asked);
            return SHARE_MS;
        }
        long wait;
        if (window == null) {
            wait = underway(t) < size ? 0 : untilOneEnds(size, t);
        } else {
            wait = window.sum(t) + asked <= size ? 0 : Math.max(1, window.untilAtMost(size - asked, t));
        }
        // As long as others may have some to spare the window is not what decides.
        if (wait > 0 && size < limit) {
            lacked = Math.max(lacked, asked);
            wait = fleetIsOut ? wait : Math.min(wait, SHARE_MS);
        }
        return burst > 0 ? Math.max(wait, starts.waitFor(1, depth(), perMs(), t)) : wait;
    }

    /** Whether only the share is in the way. */
    boolean lacksShare(long amount, long t) {
        return shared && size() < limit && used(t) + Math.min(amount, limit) > size() && used(t) < limit;
    }

    /** How many calls of this amount could begin until then. */
    long callsUntil(long amount, long untilMs, long t) {
        // As long as nobody has said that there is none left, what is asked for may come: no call is turned away
        // before.
        long size = shared && !fleetIsOut ? limit : size();
        long ahead = Math.max(0, untilMs - t);
        double calls;
        if (window == null) {
            calls = Math.max(0, size - underway(t)) + ahead / holdMs * size;
        } else if (ahead > dimension.windowMs) {
            calls = (double) size / Math.max(1, amount) * ahead / dimension.windowMs;
        } else {
            long free = Math.max(0, size - window.sum(t) + window.leavingUntil(untilMs, t));
            calls = (double) free / Math.max(1, amount);
        }
        return (long)
                (burst > 0 ? Math.min(calls, starts.amountUntil(untilMs, depth(size), size / 60_000.0, t)) : calls);
    }

    /** Takes; returns where, for {@link #correct}. Never more than the limit: what is larger has the whole of it. */
    long take(long amount, long t) {
        if (window == null) {
            underway++;
            return 0;
        }
        if (burst > 0) {
            starts.take(1, depth(), perMs(), lateMs(), t);
        }
        if (lastMinute != null) {
            lastMinute.add(amount, t);
        }
        return window.add(amount, t);
    }

    long capped(long amount) {
        return Math.min(amount, limit);
    }

    /** So many more calls that are on their way count in it, where such calls count. */
    void alsoUnderway(long difference) {
        if (window == null) {
            underway += difference;
        }
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

    /** What was taken in a slot was really so much; more than that counts from now on. */
    void correct(long slot, long taken, long really, long t) {
        if (lastMinute != null) {
            lastMinute.add(really - taken, t);
        }
        if (really > taken) {
            window.add(really - taken, t);
        } else if (really < taken) {
            window.correct(slot, really - taken, t);
        }
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

    /** Share of it that is left. */
    double left(long t) {
        long size = size();
        return size <= 0 ? 0 : Math.max(0, (double) (size - used(t)) / size);
    }

    /** What this process may still use of what. */
    Reading standing(long t) {
        long size = size();
        long wholeInMs = window == null || window.sum(t) <= 0 ? 0 : window.untilAtMost(0, t);
        return new Reading(Math.max(0, size - used(t)), size, wholeInMs);
    }

    /** Milliseconds until nothing is left at the present pace, {@link #NEVER} when it does not come to that. */
    long exhaustedIn(long t) {
        if (window == null) {
            return NEVER;
        }
        long free = size() - window.sum(t);
        if (free <= 0) {
            return 0;
        }
        // A day's window hardly gives anything back while a minute fills; a minute's gives back what came a minute ago.
        double perMs = lastMinute != null
                ? lastMinute.sum(t) / 60_000.0
                : window.sumSince(t - 10_000, t) / 10_000.0 - window.sum(t) / 60_000.0;
        return perMs <= 0 ? NEVER : (long) Math.min(free / perMs, (double) NEVER);
    }

    void wanted(long difference) {
        wanted += difference;
    }

    MeterReading reading(long t) {
        // At least what was asked for and did not fit since the last reading, whoever asked.
        wantedAtReading = Math.max(wanted, lacked);
        lacked = 0;
        return new MeterReading(name, limit, size(), Math.max(0, used(t)), wantedAtReading, since);
    }

    void share(long newShare, long t) {
        share = Math.max(0, newShare);
        // Given less than was asked for: nobody has any to spare, and the window tells how long that lasts.
        fleetIsOut = size() > 0 && wantedAtReading > 0 && size() < used(t) + wantedAtReading;
    }

    /** Nobody can be asked for a larger share: the window tells how long it takes. */
    void alone() {
        fleetIsOut = shared && share > 0;
    }

    private long untilOneEnds(long size, long t) {
        if (!leaving.isEmpty()) {
            return Math.max(1, leaving.peek() - t);
        }
        return Math.max(10, (long) (holdMs / Math.max(1, size)));
    }

    private double depth() {
        return depth(size());
    }

    private double depth(long size) {
        // A share of a burst, but never so little that no call could begin at all.
        return shared ? Math.max(1, (double) burst * size / limit) : burst;
    }

    /** How much later than ours the provider's bucket may begin to fill; at full load it costs a fortieth at most. */
    private long lateMs() {
        double perMs = perMs();
        return perMs <= 0 ? 0 : (long) Math.min(JITTER_MS, (depth() - 1 + JITTER_PART) / perMs);
    }

    private double perMs() {
        return size() / 60_000.0;
    }
}
