package dev.fairlead.sidecar.usage;

/**
 * One try at a provider, as it goes into the call record. Mutable and reused with its {@link CallFacts}; it belongs to the
 * event loop of its exchange.
 */
public final class Attempt {
    /** Stands for a wait that nobody predicted, since there was none. */
    public static final long NOT_PREDICTED = -1;

    /** The target's name in the route, from the configuration. */
    public String target;
    /** {@code namespace/name} of the KeyPool, from the configuration. */
    public String pool;
    /** The key's name in its pool (never the key), from the configuration; {@code null} for a pool without keys. */
    public String key;
    /** The provider's HTTP status; 0 when none arrived. */
    public int status;
    /** Wire name of the failure class, for example {@code rate_limit}; {@code null} when the attempt succeeded. */
    public String failureClass;
    /** Waiting for a key before this attempt, microseconds. */
    public long waitUs;
    /** How long that wait was expected to be when it began, microseconds; for metrics, not in the record. */
    public long predictedWaitUs = NOT_PREDICTED;
    /** From the lease to the end of the attempt, microseconds. */
    public long durationUs;
    /** Tokens that the provider counted for this attempt; absent when it counted none. */
    public final Usage usage = new Usage();

    Attempt clear() {
        target = null;
        pool = null;
        key = null;
        status = 0;
        failureClass = null;
        waitUs = 0;
        predictedWaitUs = NOT_PREDICTED;
        durationUs = 0;
        usage.clear();
        return this;
    }
}
