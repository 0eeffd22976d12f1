package dev.fairlead.sidecar.pool;

/** Rings {@link KeyPool#tick} on the owner's thread; asking again before it rang keeps the earlier of both times. */
@FunctionalInterface
public interface Alarm {
    /** Ring at this monotonic millisecond, or soon after. */
    void ringAt(long atMs);
}
