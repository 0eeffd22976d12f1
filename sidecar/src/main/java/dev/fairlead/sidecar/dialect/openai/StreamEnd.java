package dev.fairlead.sidecar.dialect.openai;

/** How a stream ended. */
public enum StreamEnd {
    /** Every choice came to its end, or the provider said that this is all. */
    COMPLETE,
    /** The provider reported an error in the stream. */
    FAILED,
    /** It simply stopped: the client has a part of an answer. */
    TRUNCATED
}
