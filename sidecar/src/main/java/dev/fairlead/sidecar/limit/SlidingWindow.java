package dev.fairlead.sidecar.limit;

/**
 * Counts in the last {@code windowMs} milliseconds, in {@value #SLOTS} slots. A slot counts as a whole until it has left the
 * window entirely, so there is never more than the limit in any window, at the price of up to one slot's width of patience.
 */
final class SlidingWindow {
    private static final int SLOTS = 60;

    private final long slotMs;
    private final long[] counts = new long[SLOTS + 1];
    private long newest = Long.MIN_VALUE;
    private long sum;

    SlidingWindow(long windowMs) {
        slotMs = Math.max(1, (windowMs + SLOTS - 1) / SLOTS);
    }

    /** The amount in the window that ends now. */
    long sum(long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        return sum;
    }

    /** Adds to the present slot; returns the slot, for {@link #correct}. */
    long add(long amount, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        counts[index(newest)] += amount;
        sum += amount;
        return newest;
    }

    /** Changes what was added in a slot, if the window still holds it. */
    void correct(long slot, long difference, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        if (slot > newest - counts.length && slot <= newest) {
            counts[index(slot)] += difference;
            sum += difference;
        }
    }

    /** Milliseconds until the window holds at most {@code target}, if nothing is added meanwhile. */
    long untilAtMost(long target, long nowMs) {
        advance(Math.floorDiv(nowMs, slotMs));
        long left = sum;
        for (long slot = newest - SLOTS; slot <= newest; slot++) {
            if (left <= target) {
                return Math.max(0, (slot + SLOTS) * slotMs - nowMs);
            }
            left -= counts[index(slot)];
        }
        return (newest + SLOTS + 1) * slotMs - nowMs;
    }

    private void advance(long slot) {
        if (slot <= newest) {
            return; // Time does not run backwards; if a caller's does, it counts in the newest slot.
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
