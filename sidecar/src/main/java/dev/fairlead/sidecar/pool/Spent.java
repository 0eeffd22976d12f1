package dev.fairlead.sidecar.pool;

/** What a call that held a lease has really used of its account. */
public sealed interface Spent {
    /** It was never executed: every token that was reserved is given back. Whether the request counts, the outcome tells. */
    record Nothing() implements Spent {}

    /** It may have been executed, and nobody has said what it cost: the reservation stands. */
    record Unknown() implements Spent {}

    /**
     * The provider's own count.
     *
     * @param inputTokens all of the prompt, what was read from a cache included
     * @param cachedInputTokens the part that was read from a cache
     * @param outputTokens reasoning included
     */
    record Tokens(long inputTokens, long cachedInputTokens, long outputTokens) implements Spent {}

    /** The one {@link Nothing}. */
    Spent NOTHING = new Nothing();

    /** The one {@link Unknown}. */
    Spent UNKNOWN = new Unknown();
}
