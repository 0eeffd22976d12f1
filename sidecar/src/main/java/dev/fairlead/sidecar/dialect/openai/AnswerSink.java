package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.dialect.JsonSink;

/**
 * What an answer says, collected while it is scanned: the whole answer of a call, or one event of a stream after the other.
 * One implementation for each format; see {@link AnswerFormat}.
 */
interface AnswerSink extends JsonSink {
    /** Enough for a message of an error; finish reasons, codes and ids are far shorter. */
    int TEXT_CAPACITY = 1024;

    /** The places it wants to hear of. */
    JsonShape shape();

    /** Another event begins; what earlier ones said stays. */
    void beginChunk();

    /** The event was complete. */
    void chunkComplete();

    /** Whether this event carries usage and nothing else: the one that only clients who asked for it may see. */
    boolean usageOnly();

    /** Whether the answer has begun or ended: text, reasoning, refusal, tool calls, audio. */
    boolean begun();

    /** Bytes of JSON that the answer's content was made of, as far as it was seen. */
    long contentBytes();

    /** Whether the answer has come to its end. */
    boolean finished();

    /** Why it ended, in the provider's word; {@code null} as long as it has not. */
    String finishReason();

    boolean errorSeen();

    /** The error of the answer, {@code null} for none. */
    ProviderError error();

    /** What the answer has made so far that only the account that answers will know. */
    References made();

    /**
     * The last event of a stream that cannot go on.
     *
     * @param withinEvent whether the client has got a part of an event only
     */
    byte[] errorEvent(ErrorCode code, String message, boolean withinEvent);
}
