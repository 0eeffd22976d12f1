package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * Everything one workload's sidecar needs to answer calls.
 *
 * @param version the contract's version; this build reads {@value #VERSION}
 * @param workload whose sidecar this is
 * @param refusal answers every call when present (a suspended tenant); {@code null} otherwise
 * @param routes in order of precedence within each {@link RouteConfig.Audience}
 * @param pools every pool that a target of {@code routes} names
 */
public record SidecarConfig(
        int version, WorkloadConfig workload, RefusalConfig refusal, List<RouteConfig> routes, List<PoolConfig> pools) {

    /** The contract's version that this build reads and writes. */
    public static final int VERSION = 1;

    public SidecarConfig {
        workload = workload == null ? WorkloadConfig.UNKNOWN : workload;
        routes = routes == null ? List.of() : List.copyOf(routes);
        pools = pools == null ? List.of() : List.copyOf(pools);
    }
}
