package dev.fairlead.sidecar.config;

/**
 * A limit on a route, counted in a sliding window.
 *
 * @param unit {@code Requests} or {@code Tokens}
 * @param limit how many in one window, at least 1
 * @param windowMs the window's length in milliseconds
 */
public record LimitConfig(String name, Unit unit, long limit, long windowMs) {
    /** What a limit counts. */
    public enum Unit {
        REQUESTS,
        TOKENS
    }
}
