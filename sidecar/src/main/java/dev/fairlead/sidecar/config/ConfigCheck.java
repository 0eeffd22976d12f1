package dev.fairlead.sidecar.config;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the types alone do not say: names that must exist, numbers that must make sense. */
final class ConfigCheck {
    private static final Set<String> STRATEGIES = Set.of("Headroom", "RoundRobin", "Weighted", "FillFirst");
    private static final Set<String> AFFINITIES = Set.of("None", "Session", "Prefix");

    private ConfigCheck() {}

    static void check(SidecarConfig config) throws ConfigException {
        if (config.version() != SidecarConfig.VERSION) {
            throw new ConfigException(
                    "version", "is " + config.version() + ", this sidecar reads " + SidecarConfig.VERSION);
        }
        atLeast("workload.tenantWeight", config.workload().tenantWeight(), 1);
        var pools = new HashSet<String>();
        for (int i = 0; i < config.pools().size(); i++) {
            var pool = config.pools().get(i);
            var path = "pools[" + i + "]";
            if (!pools.add(pool.id())) {
                throw new ConfigException(path, "'" + pool.id() + "' stands there twice");
            }
            check(pool, path);
        }
        var routes = new HashSet<String>();
        for (int i = 0; i < config.routes().size(); i++) {
            var route = config.routes().get(i);
            var path = "routes[" + i + "]";
            if (!routes.add(route.id())) {
                throw new ConfigException(path, "'" + route.id() + "' stands there twice");
            }
            check(route, path, pools);
        }
    }

    private static void check(PoolConfig pool, String path) throws ConfigException {
        required(path + ".provider", pool.provider());
        required(path + ".baseUrl", pool.baseUrl());
        try {
            var uri = URI.create(pool.baseUrl());
            var scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new ConfigException(path + ".baseUrl", "is no http or https URL");
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path + ".baseUrl", "is no URL");
        }
        if (!STRATEGIES.contains(pool.strategy())) {
            throw new ConfigException(path + ".strategy", "is '" + pool.strategy() + "', known are " + STRATEGIES);
        }
        if (!AFFINITIES.contains(pool.affinity())) {
            throw new ConfigException(path + ".affinity", "is '" + pool.affinity() + "', known are " + AFFINITIES);
        }
        for (int k = 0; k < pool.keys().size(); k++) {
            var key = pool.keys().get(k);
            var at = path + ".keys[" + k + "]";
            required(at + ".name", key.name());
            required(at + ".group", key.group());
            required(at + ".fingerprint", key.fingerprint());
            required(at + ".secret", key.secret());
            atLeast(at + ".weight", key.weight(), 0);
            if (key.limits() != null) {
                check(key.limits(), at + ".limits");
            }
        }
        for (int g = 0; g < pool.quotaGroups().size(); g++) {
            var group = pool.quotaGroups().get(g);
            required(path + ".quotaGroups[" + g + "].name", group.name());
            for (int l = 0; l < group.limits().size(); l++) {
                check(group.limits().get(l), path + ".quotaGroups[" + g + "].limits[" + l + "]");
            }
        }
        check(pool.coordination(), path + ".coordination");
        atLeast(path + ".coolDown.defaultMs", pool.coolDown().defaultMs(), 1);
        atLeast(path + ".coolDown.maxMs", pool.coolDown().maxMs(), 1);
        atLeast(path + ".waitingRoom.maxDepth", pool.waitingRoom().maxDepth(), 0);
    }

    private static void check(QuotaLimits limits, String path) throws ConfigException {
        limit(path + ".requestsPerMinute", limits.requestsPerMinute());
        limit(path + ".requestsPerDay", limits.requestsPerDay());
        limit(path + ".inputTokensPerMinute", limits.inputTokensPerMinute());
        limit(path + ".outputTokensPerMinute", limits.outputTokensPerMinute());
        limit(path + ".tokensPerMinute", limits.tokensPerMinute());
        limit(path + ".tokensPerDay", limits.tokensPerDay());
        limit(path + ".concurrency", limits.concurrency());
        limit(path + ".burst", limits.burst());
    }

    private static void limit(String path, Long value) throws ConfigException {
        if (value != null) {
            atLeast(path, value, 1);
        }
    }

    private static void check(CoordinationConfig coordination, String path) throws ConfigException {
        required(path + ".mode", coordination.mode());
        if ((coordination.mode() == CoordinationConfig.Mode.REDIS) != (coordination.redis() != null)) {
            throw new ConfigException(path + ".redis", "must be present exactly for the mode REDIS");
        }
        if (coordination.redis() != null) {
            required(path + ".redis.address", coordination.redis().address());
        }
    }

    private static void check(RouteConfig route, String path, Set<String> pools) throws ConfigException {
        required(path + ".audience", route.audience());
        if ((route.audience() == RouteConfig.Audience.REFUSED) != (route.refusal() != null)) {
            throw new ConfigException(path + ".refusal", "must be present exactly for the audience REFUSED");
        }
        for (int m = 0; m < route.models().size(); m++) {
            var model = route.models().get(m);
            var at = path + ".models[" + m + "]";
            required(at + ".name", model.name());
            checkTargets(model.targets(), at, pools);
        }
        var limits = new HashSet<String>();
        for (int l = 0; l < route.limits().size(); l++) {
            var limit = route.limits().get(l);
            var at = path + ".limits[" + l + "]";
            required(at + ".unit", limit.unit());
            if (!limits.add(limit.name())) {
                throw new ConfigException(at, "'" + limit.name() + "' stands there twice");
            }
            atLeast(at + ".limit", limit.limit(), 1);
            atLeast(at + ".windowMs", limit.windowMs(), 1);
        }
    }

    private static void checkTargets(List<TargetConfig> targets, String at, Set<String> pools) throws ConfigException {
        for (int t = 0; t < targets.size(); t++) {
            var target = targets.get(t);
            if (!pools.contains(target.pool())) {
                throw new ConfigException(
                        at + ".targets[" + t + "].pool", "'" + target.pool() + "' is not among pools");
            }
            atLeast(at + ".targets[" + t + "].weight", target.weight(), 0);
        }
    }

    private static void required(String path, Object value) throws ConfigException {
        if (value == null || value.equals("")) {
            throw new ConfigException(path, "is missing");
        }
    }

    private static void atLeast(String path, long value, long least) throws ConfigException {
        if (value < least) {
            throw new ConfigException(path, "is " + value + ", expected at least " + least);
        }
    }
}
