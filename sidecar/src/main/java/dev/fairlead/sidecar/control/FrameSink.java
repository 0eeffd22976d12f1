package dev.fairlead.sidecar.control;

/** Takes what the lines of a configuration stream say; lines of unknown types never get here. See {@link Frame}. */
interface FrameSink {
    /** As {@link Frame.Hello}. */
    void hello(String stream);

    /** As {@link Frame.Trust}. */
    void trust(String caBundle);

    /** As {@link Frame.Config}, still as JSON: a tree of five megabytes would not fit into an injected sidecar. */
    void config(String hash, byte[] json);

    /** As {@link Frame.Ping}. */
    void ping();

    /** As {@link Frame.Bye}. */
    void bye(String reason);
}
