package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.AIRouteSpec;
import dev.fairlead.api.v1alpha1.Fallback;
import dev.fairlead.api.v1alpha1.RouteLimit;
import dev.fairlead.api.v1alpha1.Timeouts;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.TimeoutsConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AIRoutes, oldest first, to what a sidecar would need to carry their calls. */
final class RouteCompiler {
    private static final List<String> ENDPOINTS = List.of("ChatCompletions", "Responses", "Embeddings", "Models");

    private static final long DEFAULT_WINDOW_MS = 60_000;

    private final World world;
    private final Map<String, CompiledPool> pools;
    private final Findings findings;

    RouteCompiler(World world, Map<String, CompiledPool> pools, Findings findings) {
        this.world = world;
        this.pools = pools;
        this.findings = findings;
    }

    List<CompiledRoute> compileAll() {
        return world.routes().stream()
                .sorted(new OldestFirst())
                .map(this::compile)
                .toList();
    }

    private CompiledRoute compile(AIRoute route) {
        var ref = ObjectRef.of(route);
        var fields = new Fields(ref, findings);
        fields.unreadable(world.unreadable().getOrDefault(ref, List.of()));
        var spec = route.getSpec() == null ? new AIRouteSpec() : route.getSpec();
        var access = AccessRule.of(ref, spec.getAccess(), fields, world.namespaces());
        var models = new ModelCompiler(ref, pools, world.refused(), fields).compile(spec.getModels());
        var fallback = fallback(spec.getFallback(), fields);
        var timeouts = timeouts(spec.getTimeouts(), fields);
        var limits = limits(spec.getLimits(), fields);
        var endpoints = spec.getEndpoints().isEmpty()
                ? ENDPOINTS
                : words(spec.getEndpoints(), ENDPOINTS, "spec.endpoints", fields);
        return new CompiledRoute(ref, access, fields.usable(), endpoints, models, fallback, timeouts, limits);
    }

    private static FallbackConfig fallback(Fallback given, Fields fields) {
        var standard = FallbackConfig.DEFAULT;
        if (given == null) {
            return standard;
        }
        return new FallbackConfig(
                given.getWhen() == null
                        ? standard.on()
                        : words(given.getWhen(), standard.on(), "spec.fallback.when", fields),
                fields.number("spec.fallback.maxAttempts", given.getMaxAttempts(), 1, standard.maxAttempts()),
                fields.millis("spec.fallback.retryWithin", given.getRetryWithin(), 1, standard.retryWithinMs()),
                given.getRetryUncertain() == null ? standard.retryUncertain() : given.getRetryUncertain(),
                fields.millis("spec.fallback.patience", given.getPatience(), 0, standard.patienceMs()));
    }

    private static TimeoutsConfig timeouts(Timeouts given, Fields fields) {
        var standard = TimeoutsConfig.DEFAULT;
        if (given == null) {
            return standard;
        }
        return new TimeoutsConfig(
                fields.millis("spec.timeouts.request", given.getRequest(), 1, standard.requestMs()),
                fields.millis("spec.timeouts.connect", given.getConnect(), 1, standard.connectMs()),
                fields.millis("spec.timeouts.firstByte", given.getFirstByte(), 1, standard.firstByteMs()),
                fields.millis("spec.timeouts.streamIdle", given.getStreamIdle(), 1, standard.streamIdleMs()));
    }

    private static List<String> words(List<String> given, List<String> known, String path, Fields fields) {
        var words = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            String itemPath = path + "[" + i + "]";
            String word = fields.word(itemPath, fields.required(itemPath, given.get(i)), known, null);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }

    private static List<LimitConfig> limits(List<RouteLimit> given, Fields fields) {
        var limits = new ArrayList<LimitConfig>();
        var names = new HashSet<String>();
        for (int i = 0; i < given.size(); i++) {
            String path = "spec.limits[" + i + "]";
            var limit = limit(given.get(i) == null ? new RouteLimit() : given.get(i), path, fields);
            if (limit.isPresent() && !names.add(limit.get().name())) {
                fields.invalid(path + ".name", "'" + limit.get().name() + "' is given twice");
            }
            limit.ifPresent(limits::add);
        }
        return limits;
    }

    /** Empty, and the route not usable, when it cannot be enforced as written. */
    private static Optional<LimitConfig> limit(RouteLimit given, String path, Fields fields) {
        String name = fields.required(path + ".name", given.getName());
        String unit = fields.word(path + ".unit", given.getUnit(), List.of("Requests", "Tokens"), null);
        fields.word(path + ".scope", given.getScope(), List.of("Route"), null);
        long windowMs = fields.millis(path + ".window", given.getWindow(), 1, DEFAULT_WINDOW_MS);
        if (unit == null || given.getLimit() == null || given.getLimit() < 1) {
            fields.invalid(path, "cannot be enforced: it needs a unit and a limit of at least 1");
            return Optional.empty();
        }
        var counted = unit.equals("Tokens") ? LimitConfig.Unit.TOKENS : LimitConfig.Unit.REQUESTS;
        return Optional.of(new LimitConfig(name, counted, given.getLimit(), windowMs));
    }
}
