package dev.fairlead.operator.compile;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RefusalConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import java.util.List;

/** What all workloads of one namespace with the same grants get; they share it, however many they are. */
record Offer(RefusalConfig refusal, List<RouteConfig> routes, List<PoolConfig> pools) {
    Offer {
        routes = List.copyOf(routes);
        pools = List.copyOf(pools);
    }
}
