package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.config.QuotaLimits;

/** What a limit counts, and within how long. */
enum Dimension {
    REQUESTS_PER_MINUTE("requestsPerMinute", Unit.REQUESTS, 60_000),
    REQUESTS_PER_DAY("requestsPerDay", Unit.REQUESTS, 86_400_000),
    INPUT_TOKENS_PER_MINUTE("inputTokensPerMinute", Unit.INPUT, 60_000),
    OUTPUT_TOKENS_PER_MINUTE("outputTokensPerMinute", Unit.OUTPUT, 60_000),
    TOKENS_PER_MINUTE("tokensPerMinute", Unit.TOKENS, 60_000),
    TOKENS_PER_DAY("tokensPerDay", Unit.TOKENS, 86_400_000),
    /** Calls on their way; no window. */
    CONCURRENCY("concurrency", Unit.CALLS, 0);

    /** What adds up. */
    enum Unit {
        REQUESTS,
        INPUT,
        OUTPUT,
        /** Both, by the provider's own rule. */
        TOKENS,
        CALLS;

        boolean isTokens() {
            return this == INPUT || this == OUTPUT || this == TOKENS;
        }
    }

    /** Estimates of tokens are off by so much. */
    private static final double NEARLY_USED_UP = 0.2;

    final String field;
    final Unit unit;
    final long windowMs;

    Dimension(String field, Unit unit, long windowMs) {
        this.field = field;
        this.unit = unit;
        this.windowMs = windowMs;
    }

    /**
     * Whether a limit of this kind of which such a part is left may be why too many calls in a short time were turned away: then
     * there is no other to be learned. A day's limit never is, nor is one of tokens that has some to spare.
     */
    boolean explains(double left) {
        return this == REQUESTS_PER_MINUTE || (unit.isTokens() && windowMs == 60_000 && left < NEARLY_USED_UP);
    }

    /** What the limits say about it; {@code null} for nothing. */
    Long of(QuotaLimits limits) {
        return switch (this) {
            case REQUESTS_PER_MINUTE -> limits.requestsPerMinute();
            case REQUESTS_PER_DAY -> limits.requestsPerDay();
            case INPUT_TOKENS_PER_MINUTE -> limits.inputTokensPerMinute();
            case OUTPUT_TOKENS_PER_MINUTE -> limits.outputTokensPerMinute();
            case TOKENS_PER_MINUTE -> limits.tokensPerMinute();
            case TOKENS_PER_DAY -> limits.tokensPerDay();
            case CONCURRENCY -> limits.concurrency();
        };
    }
}
