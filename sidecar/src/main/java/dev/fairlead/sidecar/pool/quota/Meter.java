package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;

/**
 * One limit and what counts in it. Where the limit is shared among processes, its size is what this one was given. Steady
 * milliseconds; waits are relative.
 */
abstract sealed class Meter permits WindowMeter, AtOnceMeter {
    static final long NEVER = Long.MAX_VALUE;

    final Dimension dimension;
    final Share share = new Share();
    private final long since;
    private String name;
    /** Where it stands for the process that follows; {@code null} where that begins by itself. */
    private Carryover.Line line;

    Meter(String name, Dimension dimension, long since) {
        this.name = name;
        this.dimension = dimension;
        this.since = since;
    }

    /** @param since when it begins to count */
    static Meter of(String name, Dimension dimension, long since) {
        return dimension.windowMs == 0
                ? new AtOnceMeter(name, dimension, since)
                : new WindowMeter(name, dimension, since);
    }

    /** @param burst calls that may begin at once, 0 where only the window counts */
    void use(long limit, long burst, boolean shared) {
        share.use(limit, shared);
    }

    /** It counts on under another name, of which this process has no share yet. */
    void rename(String newName) {
        name = newName;
        share.nothing();
    }

    boolean carriesOver() {
        return line != null;
    }

    /**
     * Goes on where the process before has stopped, and from now on keeps for the next one how far it has come. What was used is
     * counted as if it had been now.
     */
    void carryOver(Carryover.Line kept, long t) {
        line = kept;
        share.give(kept.share(), used(t));
        if (kept.used() > 0) {
            usedBefore(kept.used(), t);
        }
    }

    /** Nothing of it is left to the next process. */
    void endCarryOver() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    /** How far it has come, for the next process. */
    final void keep(long t) {
        if (line != null) {
            line.write(share.size(), Math.max(0, used(t)));
        }
    }

    /** So much was used by the process before. */
    abstract void usedBefore(long amount, long t);

    String name() {
        return name;
    }

    Dimension dimension() {
        return dimension;
    }

    Dimension.Unit unit() {
        return dimension.unit;
    }

    abstract long used(long t);

    /** Milliseconds until so much more fits in what this process has, 0 for now. */
    abstract long roomIn(long asked, long size, long t);

    /** Milliseconds until one more call may begin, whatever has room. */
    abstract long startsIn(long t);

    /** Milliseconds until nothing counts in it any more, if nothing is added. */
    abstract long emptyIn(long t);

    /** How many calls of this amount could begin until then. */
    abstract long callsUntil(long amount, long untilMs, long t);

    /** Takes; returns where. Never more than the limit: what is larger has the whole of it. */
    abstract long take(long amount, long t);

    /** Milliseconds until nothing is left at the present pace, {@link #NEVER} when it does not come to that. */
    abstract long exhaustedIn(long t);

    /** Milliseconds until {@code amount} fits, 0 for now, {@link #NEVER} when the whole limit is less than {@code atLeast}. */
    long waitFor(long amount, long atLeast, long t) {
        if (atLeast > share.limit()) {
            return NEVER;
        }
        long asked = capped(amount);
        if (asked > share.size()) {
            return share.lacks(asked);
        }
        long wait = share.waitFor(asked, roomIn(asked, share.size(), t));
        return Math.max(wait, startsIn(t));
    }

    /** Whether only the share is in the way. */
    boolean lacksShare(long amount, long t) {
        return share.isShort(amount, used(t));
    }

    long capped(long amount) {
        return Math.min(amount, share.limit());
    }

    /** Share of it that is left. */
    double left(long t) {
        long size = share.size();
        return size <= 0 ? 0 : Math.max(0, (double) (size - used(t)) / size);
    }

    /** What this process may still use of what. */
    Reading standing(long t) {
        long size = share.size();
        return new Reading(Math.max(0, size - used(t)), size, emptyIn(t));
    }

    /** From now on this process has so much of it. True when that changes anything for calls. */
    boolean give(long newShare, long t) {
        boolean changed = share.give(newShare, used(t));
        keep(t);
        return changed;
    }

    MeterReading reading(long t) {
        keep(t);
        long wanted = share.wantedNow();
        return new MeterReading(name, share.limit(), share.size(), Math.max(0, used(t)), wanted, since, share.call());
    }
}
