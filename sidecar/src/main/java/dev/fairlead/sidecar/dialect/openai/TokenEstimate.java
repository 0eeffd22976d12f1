package dev.fairlead.sidecar.dialect.openai;

/**
 * What a call will probably cost in tokens, before the provider has counted: good enough to reserve by, corrected from the
 * answer's usage afterwards. Four bytes of JSON are taken as a token: English text has 4 to 4.5 bytes to a token, code and
 * JSON 3 to 4, Chinese and Japanese 2 to 3, and the JSON around the text (names, quotes, roles) adds bytes that are no tokens,
 * so the error is small and on either side.
 */
public final class TokenEstimate {
    private static final int BYTES_PER_TOKEN = 4;

    /** What the large providers charge for one picture in high resolution, rounded up; audio and files vary around it. */
    private static final long TOKENS_PER_ATTACHMENT = 1_000;

    /** OpenAI takes no more; a larger number is refused there and must not overflow here. */
    private static final long MAX_CHOICES = 128;

    private TokenEstimate() {}

    /** Input tokens of a request; at least 1. */
    public static long inputTokens(RequestFacts facts) {
        long text = ofBytes(facts.bodyLength() - facts.attachmentBytes());
        return Math.max(1, text + facts.attachments() * TOKENS_PER_ATTACHMENT);
    }

    /**
     * The most output tokens a request can make, all its choices together.
     *
     * @param unsaid what one choice may make when the request sets no limit; a negative number is returned as it is
     */
    public static long maxOutputTokens(RequestFacts facts, long unsaid) {
        long each =
                facts.maxCompletionTokens() != RequestFacts.ABSENT ? facts.maxCompletionTokens() : facts.maxTokens();
        long choices = Math.min(facts.n(), MAX_CHOICES);
        if (each == RequestFacts.ABSENT) {
            return unsaid < 0 ? unsaid : choices * unsaid;
        }
        return choices * each;
    }

    /** Tokens in so many bytes of text or JSON, rounded up. */
    public static long ofBytes(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
