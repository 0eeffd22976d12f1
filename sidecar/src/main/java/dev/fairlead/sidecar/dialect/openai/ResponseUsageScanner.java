package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonFault;
import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.usage.Usage;

/**
 * Reads the answer of a call without a stream (chat completion, response or embeddings) as it passes by, whole or in pieces cut
 * anywhere, in constant memory. One instance reads one answer.
 */
public final class ResponseUsageScanner {
    private final AnswerSink sink;
    private final Usage usage;
    private final JsonScanner scanner;
    private boolean ended;

    /**
     * @param format what the answer is
     * @param usage where the provider's count goes; untouched when there is none
     */
    public ResponseUsageScanner(AnswerFormat format, Usage usage) {
        this.usage = usage;
        sink = format.sink(usage);
        scanner = new JsonScanner(sink.shape(), sink, AnswerSink.TEXT_CAPACITY);
    }

    /** The next bytes of the answer. */
    public void feed(byte[] in, int off, int len) {
        scanner.feed(in, off, len);
    }

    /** The answer is complete; {@code true} when it was one JSON value, as every answer of this format is. */
    public boolean end() {
        ended = scanner.end();
        sink.chunkComplete();
        return ended;
    }

    /** What is wrong with an answer that is no JSON, {@code null} for nothing so far. */
    public JsonFault fault() {
        return scanner.fault();
    }

    /** Why the first choice (or the response) ended; {@code null} before {@link #end()} and for embeddings. */
    public String finishReason() {
        return sink.finishReason();
    }

    /** The error in the answer, {@code null} for none: some providers send one with status 200. */
    public ProviderError error() {
        return sink.error();
    }

    /** Whether there is an answer, be there an error beside it or not: some of it was made, counted or brought to its end. */
    public boolean answered() {
        return sink.begun() || sink.contentBytes() > 0 || usage.outputTokens() > 0;
    }

    /** What the answer has made so far that only the account that answers will know. */
    public References made() {
        return sink.made();
    }

    /** Bytes of text, calls and the like so far, to estimate by when a provider gives no count. */
    public long contentBytes() {
        return sink.contentBytes();
    }
}
