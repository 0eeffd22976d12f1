package dev.fairlead.sidecar.config;

/**
 * The waiting room of a pool.
 *
 * @param maxWaitMs the longest a call waits for a key, milliseconds
 * @param maxDepth calls waiting at once
 * @param maxBytes bytes of their bodies at once
 */
public record WaitConfig(long maxWaitMs, int maxDepth, long maxBytes) {
    /** What holds where nothing else is said; the schemas of the custom resources say the same. */
    public static final WaitConfig DEFAULT = new WaitConfig(30_000, 1_000, 64L << 20);
}
