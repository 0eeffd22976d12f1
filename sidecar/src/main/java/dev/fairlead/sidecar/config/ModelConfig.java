package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * What clients may send as {@code model}, and where it goes.
 *
 * @param name exact, {@code prefix*}, {@code *suffix} or {@code *}
 * @param targets in order of {@code priority}, then as written; empty when none can be used: calls are answered with
 *     {@code keys_unusable}
 */
public record ModelConfig(String name, List<TargetConfig> targets) {
    public ModelConfig {
        targets = targets == null ? List.of() : List.copyOf(targets);
    }
}
