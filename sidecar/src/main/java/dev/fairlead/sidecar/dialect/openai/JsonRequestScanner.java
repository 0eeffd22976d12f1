package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonScanner;

/**
 * Reads the body of a request for a chat completion, embeddings or a response in one pass: it has to be JSON by the letter, because a provider
 * with a stricter or laxer reading than ours would see another request than the one we admitted, routed and counted.
 *
 * <p>Reusable; one instance serves one event loop.
 */
public final class JsonRequestScanner {
    /** Names of models are no longer than this, in characters. */
    public static final int MAX_MODEL_LENGTH = 256;

    /** UTF-8 needs at most three bytes for each UTF-16 unit. */
    private static final int MODEL_BYTES = 3 * MAX_MODEL_LENGTH + 3;

    private final RequestSink sink = new RequestSink();
    private final JsonScanner chat = new JsonScanner(RequestSink.CHAT, sink, MODEL_BYTES);
    private final JsonScanner responses = new JsonScanner(RequestSink.RESPONSES, sink, MODEL_BYTES);

    /** Reads the complete body; no reference to it is kept. */
    public ScanOutcome scan(AnswerFormat format, byte[] body, int offset, int length) {
        var scanner = format == AnswerFormat.RESPONSES ? responses : chat;
        scanner.reset();
        sink.begin(body, offset, length);
        try {
            return scanner.feed(body, offset, length) && scanner.end() ? sink.outcome() : malformed(scanner, length);
        } finally {
            sink.release();
        }
    }

    private ScanOutcome malformed(JsonScanner scanner, int length) {
        if (sink.blank()) {
            return new ScanOutcome.Refused("The request body is empty; expected a JSON object.", null);
        }
        return new ScanOutcome.Refused(
                "The request body is not valid JSON: " + scanner.fault().text() + " at byte " + scanner.faultAt()
                        + " of " + length + ".",
                null);
    }
}
