package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * One account behind a pool's keys, and what it may use.
 *
 * @param name as {@link KeyConfig#group()} names it
 * @param limits by class of models; a call counts in every class that its model belongs to
 */
public record QuotaGroupConfig(String name, List<QuotaLimits> limits) {
    public QuotaGroupConfig {
        limits = limits == null ? List.of() : List.copyOf(limits);
    }
}
