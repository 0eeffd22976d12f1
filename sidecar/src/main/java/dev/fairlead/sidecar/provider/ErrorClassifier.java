package dev.fairlead.sidecar.provider;

/** Tells what a failed response means, by rules that are data: the provider's own first, then those shared by all. */
public final class ErrorClassifier {
    /** The longest part of a body that is looked at. */
    public static final int MAX_BODY_BYTES = 64 * 1024;

    /**
     * Never throws, whatever the provider sent.
     *
     * @param status the HTTP status
     * @param headers the response's headers
     * @param body the body as far as it was kept, at most {@value #MAX_BODY_BYTES} bytes are looked at; may be empty
     * @param nowEpochMs now, for hints that are points in time
     */
    public Verdict classify(int status, HeaderLookup headers, byte[] body, long nowEpochMs) {
        return Verdict.of(FailureClass.UNKNOWN, "none");
    }
}
