package dev.fairlead.sidecar.pool;

/** Monotonic milliseconds. */
final class Times {
    /** Long ago: earlier than any clock, and far enough from the end of the range to be subtracted from. */
    static final long PAST = Long.MIN_VALUE / 2;

    /** What was measured that long ago counts half. */
    private static final double HALF_KNOWN_MS = 10_000;

    private Times() {}

    /** How much of what was measured so long ago still counts: 1 for now, a half after ten seconds, hardly any after minutes. */
    static double fresh(long agoMs) {
        double halves = agoMs / HALF_KNOWN_MS;
        return 1 / (1 + halves * halves);
    }

    /** Milliseconds until a time, 0 when it has come, {@link Long#MAX_VALUE} for never. */
    static long until(long atMs, long nowMs) {
        if (atMs == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, atMs - nowMs);
    }
}
