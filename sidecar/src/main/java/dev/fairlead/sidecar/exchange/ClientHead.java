package dev.fairlead.sidecar.exchange;

/** The head of a client's request, as far as an exchange looks at it. */
public interface ClientHead {
    /** The path of the request line, without its query. */
    String path();

    /** The first value of a header, {@code null} when absent; the name in lower case. */
    String header(CharSequence name);
}
