package dev.fairlead.sidecar.dialect.openai;

/**
 * What a request body says that we need to know. Positions are bytes from the start of the body.
 *
 * @param bodyLength bytes of the whole body
 * @param model the model's name, escapes resolved
 * @param modelValue where the value of {@code model} stands, quotes included
 * @param stream whether the client wants a stream
 * @param streamOptions where and what {@code stream_options} is
 * @param maxTokens {@code max_tokens}, or {@link #ABSENT}
 * @param maxCompletionTokens {@code max_completion_tokens}, of a response {@code max_output_tokens}, or {@link #ABSENT}
 * @param n how many choices are asked for; 1 when the client does not say
 * @param attachments long strings of images, audio or files: they cost tokens by other rules than text
 * @param attachmentBytes the bytes of those
 * @param session a hash of the client's own name for the conversation ({@code prompt_cache_key}, otherwise {@code user}), or 0
 * @param prefix a hash of how the prompt begins, its first instruction and first question; the same in each turn, or 0
 * @param references what it needs that only one account has, what tells most first: the response before it, its conversation,
 *     then its items from the last backwards
 */
public record RequestFacts(
        long bodyLength,
        String model,
        Range modelValue,
        boolean stream,
        StreamOptions streamOptions,
        long maxTokens,
        long maxCompletionTokens,
        long n,
        int attachments,
        long attachmentBytes,
        long session,
        long prefix,
        References references) {

    /** A number the client has not given. */
    public static final long ABSENT = -1;

    /** Whether the client itself wants usage at the end of its stream. */
    public boolean asksForUsage() {
        return stream && streamOptions.includeUsage() == StreamOptions.IncludeUsage.TRUE;
    }
}
