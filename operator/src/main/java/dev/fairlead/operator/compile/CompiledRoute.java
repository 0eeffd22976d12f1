package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.config.TimeoutsConfig;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An AIRoute, not yet seen by anyone in particular.
 *
 * @param usable whether everything written in it can be enforced
 */
record CompiledRoute(
        ObjectRef ref,
        AccessRule access,
        boolean usable,
        List<String> endpoints,
        List<ModelConfig> models,
        FallbackConfig fallback,
        TimeoutsConfig timeouts,
        List<LimitConfig> limits) {

    CompiledRoute {
        endpoints = List.copyOf(endpoints);
        models = List.copyOf(models);
        limits = List.copyOf(limits);
    }

    /** As a workload gets it. One that may not call it gets the names it refuses and nothing about where calls would go. */
    RouteConfig as(AccessDecision.Visible decision) {
        boolean refused = decision.refusal() != null;
        return new RouteConfig(
                ref.namespace(),
                ref.name(),
                decision.audience(),
                decision.refusal(),
                decision.validUntilMs(),
                decision.subscription(),
                endpoints,
                refused
                        ? models.stream()
                                .map(model -> new ModelConfig(model.name(), List.of()))
                                .toList()
                        : models,
                fallback,
                timeouts,
                refused ? List.of() : limits);
    }

    /** The pools it sends calls to, as {@code namespace/name}. */
    Set<String> pools() {
        return models.stream()
                .flatMap(model -> model.targets().stream())
                .map(TargetConfig::pool)
                .collect(Collectors.toSet());
    }
}
