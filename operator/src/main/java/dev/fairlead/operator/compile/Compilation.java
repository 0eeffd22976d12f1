package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a world means.
 *
 * @param configs for every workload of the world, in the order of workloads
 * @param diagnostics what was found, sorted by object
 * @param pools every pool that can be called through, by {@code namespace/name}, as each sidecar that may use it gets it
 * @param keys the keys of every pool, by {@code namespace/name}
 * @param tenants for every namespace that a Tenant owns, the Tenant's name
 */
public record Compilation(
        Map<Workload, SidecarConfig> configs,
        List<Diagnostic> diagnostics,
        Map<String, PoolConfig> pools,
        Map<String, PoolKeys> keys,
        Map<String, String> tenants) {
    public Compilation {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        diagnostics = List.copyOf(diagnostics);
        pools = Map.copyOf(pools);
        keys = Map.copyOf(keys);
        tenants = Map.copyOf(tenants);
    }
}
