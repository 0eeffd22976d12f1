package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.exchange.Exchanges;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.limit.RouteLimiter;
import java.util.HashMap;
import java.util.Map;

/** One workload's exchanges, what is in force for them, and the limits of its routes. */
final class VirtualWorkload {
    final Map<String, RouteLimiter> limiters = new HashMap<>();
    Exchanges exchanges;
    LiveConfig config;

    LiveConfig config() {
        return config;
    }
}
