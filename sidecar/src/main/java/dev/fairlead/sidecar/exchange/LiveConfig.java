package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.route.RouteTable;
import java.util.List;

/**
 * The configuration in force, bound to what runs. Immutable; a call that began under one keeps it to its end.
 *
 * @param hash of the configuration's content
 * @param appliedAtMs epoch milliseconds
 */
public record LiveConfig(
        SidecarConfig config,
        String hash,
        long appliedAtMs,
        RouteTable table,
        List<LiveRoute> routes,
        List<LivePool> pools) {}
