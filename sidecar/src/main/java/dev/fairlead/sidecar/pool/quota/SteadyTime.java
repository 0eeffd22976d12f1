package dev.fairlead.sidecar.pool.quota;

/**
 * Milliseconds that never run backwards, whatever the caller's do. A step back by more than a moment is a clock that was set:
 * time stands still at it and goes on from there, so that nothing waits for the old time to come again.
 */
final class SteadyTime {
    /** Callers note the time before they are queued; that much disorder is no clock that was set. */
    private static final long DISORDER_MS = 1_000;

    private long last = Long.MIN_VALUE;
    private long offset;

    /** The latest that {@link #at} has returned. */
    long last() {
        return last;
    }

    long at(long nowMs) {
        long steady = nowMs + offset;
        if (steady >= last) {
            last = steady;
        } else if (last - steady > DISORDER_MS) {
            offset += last - steady;
        }
        return last;
    }
}
