package dev.fairlead.sidecar.usage;

/**
 * The tokens of one attempt or one call, normalised: input includes what was read from and written to the prompt cache,
 * output includes reasoning, whatever the provider's own way of counting is. All numbers are tokens and never negative.
 *
 * <p>A mutable, reusable carrier, so that metering a call allocates nothing; it belongs to the one thread that fills it. Until
 * somebody sets a number it is not {@link #present() present}, and every number is 0.
 */
public final class Usage {
    private boolean present;
    private boolean estimated;
    private long inputTokens;
    private long cacheReadTokens;
    private long cacheWrite5mTokens;
    private long cacheWrite1hTokens;
    private long inputAudioTokens;
    private long outputTokens;
    private long reasoningTokens;
    private long outputAudioTokens;

    /** Whether anything has been counted (by a provider, or estimated). */
    public boolean present() {
        return present;
    }

    /** Whether at least a part of the numbers is our own estimate, because the provider gave none. */
    public boolean estimated() {
        return estimated;
    }

    /** All input tokens, those read from or written to the cache included. */
    public long inputTokens() {
        return inputTokens;
    }

    /** Input tokens that came out of the prompt cache. */
    public long cacheReadTokens() {
        return cacheReadTokens;
    }

    /** Input tokens written into the prompt cache to live five minutes, or for the provider's usual time. */
    public long cacheWrite5mTokens() {
        return cacheWrite5mTokens;
    }

    /** Input tokens written into the prompt cache to live an hour. */
    public long cacheWrite1hTokens() {
        return cacheWrite1hTokens;
    }

    /** Input tokens that were audio. */
    public long inputAudioTokens() {
        return inputAudioTokens;
    }

    /** All output tokens, reasoning included. */
    public long outputTokens() {
        return outputTokens;
    }

    /** Output tokens spent on reasoning. */
    public long reasoningTokens() {
        return reasoningTokens;
    }

    /** Output tokens that were audio. */
    public long outputAudioTokens() {
        return outputAudioTokens;
    }

    /** Input and output: what token limits count. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }

    /** Sets the input side; a negative number counts as 0. */
    public Usage input(long total, long cacheRead, long cacheWrite5m, long cacheWrite1h, long audio) {
        present = true;
        inputTokens = Math.max(0, total);
        cacheReadTokens = Math.max(0, cacheRead);
        cacheWrite5mTokens = Math.max(0, cacheWrite5m);
        cacheWrite1hTokens = Math.max(0, cacheWrite1h);
        inputAudioTokens = Math.max(0, audio);
        return this;
    }

    /** Sets the output side; a negative number counts as 0. */
    public Usage output(long total, long reasoning, long audio) {
        present = true;
        outputTokens = Math.max(0, total);
        reasoningTokens = Math.max(0, reasoning);
        outputAudioTokens = Math.max(0, audio);
        return this;
    }

    /** Replaces everything by an estimate of ours. */
    public Usage estimate(long input, long output) {
        clear();
        input(input, 0, 0, 0, 0).output(output, 0, 0);
        estimated = true;
        return this;
    }

    /** Adds another attempt's tokens: a call's usage is the sum over its attempts. An absent one changes nothing. */
    public Usage add(Usage other) {
        present |= other.present;
        estimated |= other.estimated;
        inputTokens += other.inputTokens;
        cacheReadTokens += other.cacheReadTokens;
        cacheWrite5mTokens += other.cacheWrite5mTokens;
        cacheWrite1hTokens += other.cacheWrite1hTokens;
        inputAudioTokens += other.inputAudioTokens;
        outputTokens += other.outputTokens;
        reasoningTokens += other.reasoningTokens;
        outputAudioTokens += other.outputAudioTokens;
        return this;
    }

    /** Becomes a copy of another. */
    public Usage set(Usage other) {
        return clear().add(other);
    }

    /** Back to nothing counted. */
    public Usage clear() {
        present = false;
        estimated = false;
        inputTokens = 0;
        cacheReadTokens = 0;
        cacheWrite5mTokens = 0;
        cacheWrite1hTokens = 0;
        inputAudioTokens = 0;
        outputTokens = 0;
        reasoningTokens = 0;
        outputAudioTokens = 0;
        return this;
    }

    @Override
    public String toString() {
        return !present
                ? "Usage[absent]"
                : "Usage[input=" + inputTokens + " (cacheRead=" + cacheReadTokens + ", cacheWrite5m="
                        + cacheWrite5mTokens
                        + ", cacheWrite1h=" + cacheWrite1hTokens + ", audio=" + inputAudioTokens + "), output="
                        + outputTokens + " (reasoning=" + reasoningTokens + ", audio=" + outputAudioTokens + ")"
                        + (estimated ? ", estimated]" : "]");
    }
}
