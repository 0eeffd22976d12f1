package dev.fairlead.sidecar.pool;

/**
 * What a call will probably ask of an account beside one request: estimated before it is sent, corrected by {@link Spent}.
 *
 * @param inputTokens by the bytes of the prompt, at least 0; the pool corrects it by what the model's real usage has taught
 * @param maxOutputTokens the most that the call allows, over all its choices; {@link #UNSAID} when it sets no limit
 */
public record Demand(long inputTokens, long maxOutputTokens) {
    /** The call sets no limit to its answer. */
    public static final long UNSAID = -1;

    /** A call of which only that it is one is known. */
    public static final Demand ONE_CALL = new Demand(0, 0);
}
