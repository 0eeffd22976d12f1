package dev.fairlead.sidecar.pool;

/** Monotonic milliseconds. */
final class Times {
    /** Long ago: earlier than any clock, and far enough from the end of the range to be subtracted from. */
    static final long PAST = Long.MIN_VALUE / 2;

    private Times() {}

    /** Milliseconds until a time, 0 when it has come, {@link Long#MAX_VALUE} for never. */
    static long until(long atMs, long nowMs) {
        if (atMs == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, atMs - nowMs);
    }
}
