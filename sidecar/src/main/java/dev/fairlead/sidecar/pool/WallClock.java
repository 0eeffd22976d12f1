package dev.fairlead.sidecar.pool;

/**
 * What the owner last said about how far wall-clock time is from monotonic time. Only the end of keys' validity depends on it,
 * and that is looked at afresh for each call: when the clock jumps back, keys return.
 */
final class WallClock {
    private static final long JUMP_MS = 500;

    private long offsetMs;

    /** True when the clock has jumped since it was last told. */
    boolean set(long nowMs, long epochMs) {
        long before = offsetMs;
        offsetMs = epochMs - nowMs;
        return Math.abs(offsetMs - before) > JUMP_MS;
    }

    boolean past(long epochMs, long nowMs) {
        return nowMs + offsetMs >= epochMs;
    }

    long monotonic(long epochMs) {
        return epochMs - offsetMs;
    }
}
