package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.RouteConfig;
import java.util.List;
import java.util.Set;

/**
 * A route of the configuration in force.
 *
 * @param id {@code namespace/name}, one string for all records and metrics
 */
public record LiveRoute(
        String id, RouteConfig config, Set<String> endpoints, LimiterHandle limiter, List<LiveModel> models) {}
