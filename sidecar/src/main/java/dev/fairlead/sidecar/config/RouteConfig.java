package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * One AIRoute as this workload may use it.
 *
 * @param audience why the workload sees the route; classes are searched in declaration order when a model name is resolved
 * @param refusal present exactly when {@code audience} is {@link Audience#REFUSED}
 * @param validUntilMs epoch milliseconds at which an approval ends (the call is then refused with
 *     {@code subscription_expired}); {@code null} for never
 * @param subscription {@code namespace/name} of the Subscription that opened the route, {@code null} otherwise
 * @param endpoints names as in {@code AIRoute.spec.endpoints}
 */
public record RouteConfig(
        String namespace,
        String name,
        Audience audience,
        RefusalConfig refusal,
        Long validUntilMs,
        String subscription,
        List<String> endpoints,
        List<ModelConfig> models,
        FallbackConfig fallback,
        TimeoutsConfig timeouts,
        List<LimitConfig> limits) {

    /** Why a workload sees a route, in order of precedence. */
    public enum Audience {
        /** The route stands in the workload's own namespace. */
        OWN,
        /** An approved Subscription opens it. */
        SUBSCRIBED,
        /** {@code access.mode: Open}. */
        OPEN,
        /** Known to the workload, closed to it; answers with {@link RouteConfig#refusal()}. */
        REFUSED
    }

    public RouteConfig {
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        models = models == null ? List.of() : List.copyOf(models);
        fallback = fallback == null ? FallbackConfig.DEFAULT : fallback;
        timeouts = timeouts == null ? TimeoutsConfig.DEFAULT : timeouts;
        limits = limits == null ? List.of() : List.copyOf(limits);
    }

    /** {@code namespace/name}, the identity by which limits survive a config swap. */
    public String id() {
        return namespace + "/" + name;
    }
}
