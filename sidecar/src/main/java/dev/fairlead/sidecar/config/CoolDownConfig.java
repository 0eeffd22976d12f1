package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * How long a limited key rests.
 *
 * @param defaultMs when the provider names no time
 * @param maxMs the longest time believed from a provider
 * @param rules what errors mean, before the built-in rules; the first that matches wins
 */
public record CoolDownConfig(long defaultMs, long maxMs, List<CoolDownRule> rules) {
    /** What holds where nothing else is said; the schemas of the custom resources say the same. */
    public static final CoolDownConfig DEFAULT = new CoolDownConfig(30_000, 86_400_000, List.of());

    public CoolDownConfig {
        rules = rules == null ? List.of() : List.copyOf(rules);
    }
}
