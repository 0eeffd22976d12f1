package dev.fairlead.sidecar.exchange;

/**
 * Why a provider's answer did not arrive whole.
 *
 * @param kind what happened
 * @param detail for the log and the client's message: no key, no body
 */
public record UpstreamFailure(Kind kind, String detail) {
    /** What can go wrong between us and a provider. */
    public enum Kind {
        /** Refused, unknown host, TLS, connect timeout: nothing was sent. */
        NOT_CONNECTED,
        /** A kept-alive connection turned out to be closed before any byte came back. */
        STALE_CONNECTION,
        /** The connection ended before a status line: the provider may have executed the call. */
        NO_ANSWER,
        /** The connection ended in the middle of the body. */
        CUT,
        /** What came back is not HTTP. */
        GARBAGE,
        /** No first byte within the time the route allows. */
        FIRST_BYTE_TIMEOUT,
        /** The stream was silent for longer than the route allows. */
        IDLE_TIMEOUT
    }
}
