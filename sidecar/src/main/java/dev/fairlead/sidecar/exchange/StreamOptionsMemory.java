package dev.fairlead.sidecar.exchange;

/**
 * Whether a pool's provider takes {@code stream_options}: most do, some answer 400 and name the field. Believed once the same call
 * was answered without it, for an hour, since providers learn; by whichever loop meets it first, a stale read costs one more 400,
 * which is repeated without the field. Safe on every thread.
 */
public final class StreamOptionsMemory {
    private static final long BELIEVED_MS = 3_600_000;

    private volatile long refusedUntilMs = Long.MIN_VALUE;

    /** @param nowMs monotonic milliseconds */
    boolean refused(long nowMs) {
        return nowMs < refusedUntilMs;
    }

    /** @param nowMs monotonic milliseconds */
    void refuse(long nowMs) {
        refusedUntilMs = nowMs + BELIEVED_MS;
    }
}
