package dev.fairlead.operator.simulate.account;

/** What a rate limit counts. */
public enum Dimension {
    REQUESTS_PER_MINUTE,
    REQUESTS_PER_DAY,
    TOKENS_PER_MINUTE
}
