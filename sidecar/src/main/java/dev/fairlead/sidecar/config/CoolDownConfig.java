package dev.fairlead.sidecar.config;

/**
 * How long a limited key rests.
 *
 * @param defaultMs when the provider names no time
 * @param maxMs the longest time believed from a provider
 */
public record CoolDownConfig(long defaultMs, long maxMs) {
    /** What holds where nothing else is said; the schemas of the custom resources say the same. */
    public static final CoolDownConfig DEFAULT = new CoolDownConfig(30_000, 86_400_000);
}
