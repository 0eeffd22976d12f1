package dev.fairlead.sidecar.exchange;

/**
 * Whether a pool's provider takes {@code stream_options}: most do, some answer 400 and name the field. Learned once, by
 * whichever loop meets it first; a stale read costs one more 400, which is repeated without the field.
 */
public final class StreamOptionsMemory {
    private volatile boolean refused;

    boolean refused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }
}
