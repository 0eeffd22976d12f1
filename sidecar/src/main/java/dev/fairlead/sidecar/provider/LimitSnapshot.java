package dev.fairlead.sidecar.provider;

/**
 * A provider's own account of its limits, as read from one response.
 *
 * <p>{@value #UNKNOWN} means that the provider did not say, or said something that is not a number. A reset is relative to
 * now; 0 means that it already happened. A header on a success corrects buckets, it never cools.
 */
public record LimitSnapshot(
        long remainingRequests,
        long limitRequests,
        long resetRequestsMs,
        long remainingTokens,
        long limitTokens,
        long resetTokensMs) {

    /** Stands for what the provider did not say. */
    public static final long UNKNOWN = -1;

    /** The snapshot of a response without limit headers; {@link LimitHeaders} returns this very instance. */
    public static final LimitSnapshot NOTHING = new LimitSnapshot(-1, -1, -1, -1, -1, -1);
}
