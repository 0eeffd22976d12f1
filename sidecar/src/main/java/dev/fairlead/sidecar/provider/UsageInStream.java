package dev.fairlead.sidecar.provider;

/** How a provider is made to report usage in a stream. */
public enum UsageInStream {
    /** Only when the request asks with {@code stream_options.include_usage}. */
    STREAM_OPTIONS,
    /** Without being asked. */
    ALWAYS,
    /** Never; {@code stream_options} must not be added. */
    NONE
}
