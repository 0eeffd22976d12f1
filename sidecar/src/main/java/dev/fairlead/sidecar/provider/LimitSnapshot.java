package dev.fairlead.sidecar.provider;

/**
 * A provider's own account of its limits, as read from one response: one reading for each of its limits. A header on a success
 * corrects buckets, it never cools.
 *
 * @param requests in a short time, a minute where the provider does not say otherwise
 * @param requestsPerDay in a day
 * @param tokens in and out, as the provider adds them up, in a minute
 * @param inputTokens in a minute
 * @param outputTokens in a minute
 */
public record LimitSnapshot(
        Reading requests, Reading requestsPerDay, Reading tokens, Reading inputTokens, Reading outputTokens) {

    /** Stands for what the provider did not say. */
    public static final long UNKNOWN = -1;

    /** The snapshot of a response without limit headers; {@link LimitHeaders} returns this very instance. */
    public static final LimitSnapshot NOTHING = new LimitSnapshot(-1, -1, -1, -1, -1, -1);

    /** Requests and tokens of a minute alone. */
    public LimitSnapshot(
            long remainingRequests,
            long limitRequests,
            long resetRequestsMs,
            long remainingTokens,
            long limitTokens,
            long resetTokensMs) {
        this(
                new Reading(remainingRequests, limitRequests, resetRequestsMs),
                Reading.SILENT,
                new Reading(remainingTokens, limitTokens, resetTokensMs),
                Reading.SILENT,
                Reading.SILENT);
    }

    /**
     * How one limit stands. {@value LimitSnapshot#UNKNOWN} means that the provider did not say, or said something that is not a
     * number.
     *
     * @param resetMs from now; 0 means that it already happened
     */
    public record Reading(long remaining, long limit, long resetMs) {
        /** Nothing was said. */
        public static final Reading SILENT = new Reading(UNKNOWN, UNKNOWN, UNKNOWN);

        /** Whether it says how much there is of how much. */
        public boolean known() {
            return limit > 0 && remaining >= 0;
        }

        /** Both together; what only one says is all that is known. */
        public Reading plus(Reading other) {
            if (!known() || !other.known()) {
                return known() ? this : other.known() ? other : SILENT;
            }
            return new Reading(remaining + other.remaining, limit + other.limit, Math.max(resetMs, other.resetMs));
        }

        /** Of two limits that count the same calls the one that binds first. */
        public Reading tighter(Reading other) {
            return other.known() && (!known() || other.remaining < remaining) ? other : this;
        }
    }

    private boolean saysNothing() {
        return !requests.known()
                && !requestsPerDay.known()
                && !tokens.known()
                && !inputTokens.known()
                && !outputTokens.known();
    }

    /** What two accounts have left together. */
    public LimitSnapshot plus(LimitSnapshot other) {
        if (other.saysNothing()) {
            return this;
        }
        return new LimitSnapshot(
                requests.plus(other.requests),
                requestsPerDay.plus(other.requestsPerDay),
                tokens.plus(other.tokens),
                inputTokens.plus(other.inputTokens),
                outputTokens.plus(other.outputTokens));
    }

    /** Milliseconds until the last limit of which nothing remains has come back; {@link #UNKNOWN} when none is used up. */
    long exhaustedForMs() {
        long requestsMs = Math.max(exhaustedForMs(requests), exhaustedForMs(requestsPerDay));
        long tokensMs = Math.max(exhaustedForMs(inputTokens), exhaustedForMs(outputTokens));
        return Math.max(requestsMs, Math.max(exhaustedForMs(tokens), tokensMs));
    }

    private static long exhaustedForMs(Reading reading) {
        return reading.remaining == 0 ? reading.resetMs : UNKNOWN;
    }
}
