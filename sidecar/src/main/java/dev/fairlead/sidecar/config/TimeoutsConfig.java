package dev.fairlead.sidecar.config;

/**
 * A route's timeouts in milliseconds.
 *
 * @param requestMs the whole call, waiting for keys included; {@code x-fairlead-timeout-ms} can only shorten it
 * @param connectMs TCP and TLS to the provider
 * @param firstByteMs from the request sent to the first byte of a stream; a non-stream answer has none until it is finished
 * @param streamIdleMs longest silence inside a stream
 */
public record TimeoutsConfig(long requestMs, long connectMs, long firstByteMs, long streamIdleMs) {
    /** What holds where nothing else is said; the schemas of the custom resources say the same. */
    public static final TimeoutsConfig DEFAULT = new TimeoutsConfig(600_000, 3_000, 120_000, 120_000);
}
