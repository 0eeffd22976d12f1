package dev.fairlead.sidecar.limit;

/**
 * Counts in the last {@code windowMs} milliseconds, in slots. A slot counts as a whole until it has left the window entirely,
 * so there is never more than the limit in any window, wherever it begins, at the price of up to one slot's width of patience.
 *
 * <p>Times are milliseconds of any clock that does not run backwards; if a caller's does, what it adds counts in the newest slot.
 * One thread at a time; nothing is allocated after construction.
 */
public final class SlidingWindow {
    private static final int SLOTS = 60;

    private final long slotMs;
    private final long[] counts;
    private long newest = Long.MIN_VALUE;
    private long sum;

    /** A window in {@value #SLOTS} slots. */
    public SlidingWindow(long windowMs) {
        this(windowMs, SLOTS);
    }

    /** @param slots how finely it forgets: what has left the window counts for up to a slot's width longer */
    public SlidingWindow(long windowMs, int slots) {
        slotMs = Math.max(1, (windowMs + slots - 1) / slots);
        counts = new long[slots + 1];
    }

    /** The amount in the window that ends now. */
    public long sum(long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        return sum;
    }

    /** Adds to the present slot; returns the slot, for {@link #correct}. */
    public long add(long amount, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        counts[index(newest)] += amount;
        sum += amount;
        return newest;
    }

    /** Changes what was added in a slot, if the window still holds it. */
    public void correct(long slot, long difference, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        if (slot > newest - counts.length && slot <= newest) {
            counts[index(slot)] += difference;
            sum += difference;
        }
    }

    /** Milliseconds until the window holds at most {@code target}, if nothing is added meanwhile. */
    public long untilAtMost(long target, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        long left = sum;
        int slots = counts.length - 1;
        for (long slot = newest - slots; slot <= newest; slot++) {
            if (left <= target) {
                return Math.max(0, (slot + slots) * slotMs - nowMs);
            }
            left -= counts[index(slot)];
        }
        return (newest + counts.length) * slotMs - nowMs;
    }

    /** How much of what the window holds now will have left it at a later time. */
    public long leavingUntil(long atMs, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        long gone = Math.floorDiv(atMs, slotMs) - counts.length;
        long leaving = 0;
        for (long slot = newest - counts.length + 1; slot <= newest && slot <= gone; slot++) {
            leaving += counts[index(slot)];
        }
        return leaving;
    }

    /** What was added since {@code sinceMs}, to a slot's width. */
    public long sumSince(long sinceMs, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        long recent = 0;
        long oldest = Math.max(Math.floorDiv(sinceMs, slotMs) + 1, newest - counts.length + 1);
        for (long slot = oldest; slot <= newest; slot++) {
            recent += counts[index(slot)];
        }
        return recent;
    }

    private void advance(long slot) {
        if (slot <= newest) {
            return;
        }
        long steps = newest == Long.MIN_VALUE ? counts.length : Math.min(counts.length, slot - newest);
        for (long s = slot - steps + 1; s <= slot; s++) {
            sum -= counts[index(s)];
            counts[index(s)] = 0;
        }
        newest = slot;
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) counts.length);
    }
}
