package dev.fairlead.sidecar.pool;

/**
 * When so many calls of a board can have begun. Looks near what the last answer lets expect first, since waits change little from
 * one call to the next; the answer is the same wherever it begins.
 */
final class Pace {
    /** Answers are true to so much of the wait, and to {@link #FINEST_MS}. */
    private static final int STEPS = 128;

    private static final long FINEST_MS = 5;
    private static final int FARTHEST = stepOf(7L * 86_400_000);

    private double msPerCall;

    /** Whether so many calls can have begun by a time; never shrinks with a later one. */
    @FunctionalInterface
    interface Room {
        boolean fit(long calls, long atMs, Demand demand, long nowMs);
    }

    /**
     * The earliest time, {@link Long#MAX_VALUE} when it is more than a week away.
     *
     * @param firstMs when the first of them begins
     * @param likelyMs where to look first while nothing is known
     */
    long timeFor(Room room, long calls, long firstMs, long likelyMs, Demand demand, long nowMs) {
        if (room.fit(calls, firstMs, demand, nowMs)) {
            return firstMs;
        }
        int low = stepOf(firstMs - nowMs);
        if (low >= FARTHEST) {
            return Long.MAX_VALUE;
        }
        long likely = msPerCall == 0 ? likelyMs : firstMs + (long) (msPerCall * calls);
        int high = likely <= firstMs ? low + 1 : Math.min(FARTHEST, Math.max(low + 1, stepOf(likely - nowMs)));
        if (room.fit(calls, timeOf(high, nowMs), demand, nowMs)) {
            int next = high - 1;
            for (int by = 2; next > low && room.fit(calls, timeOf(next, nowMs), demand, nowMs); by *= 2) {
                high = next;
                next -= by;
            }
            low = Math.max(low, next);
        } else {
            int by = 1;
            do {
                if (high == FARTHEST) {
                    return Long.MAX_VALUE;
                }
                low = high;
                high = Math.min(FARTHEST, low + by);
                by *= 2;
            } while (!room.fit(calls, timeOf(high, nowMs), demand, nowMs));
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (room.fit(calls, timeOf(middle, nowMs), demand, nowMs)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        long at = timeOf(high, nowMs);
        msPerCall = (double) (at - firstMs) / calls;
        return at;
    }

    private static int stepOf(long ms) {
        long units = ms / FINEST_MS;
        int doubled = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(units / STEPS) - 1);
        return doubled * STEPS + (int) (units >> doubled);
    }

    private static long timeOf(int step, long nowMs) {
        int doubled = Math.max(0, step / STEPS - 1);
        return nowMs + ((FINEST_MS * (step - (long) doubled * STEPS)) << doubled);
    }
}
