package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Workload;
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
 * @param tenants for every namespace that a Tenant owns, the Tenant's name
 */
public record Compilation(
        Map<Workload, SidecarConfig> configs, List<Diagnostic> diagnostics, Map<String, String> tenants) {
    public Compilation {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        diagnostics = List.copyOf(diagnostics);
        tenants = Map.copyOf(tenants);
    }
}
