package dev.fairlead.sidecar;

import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.dialect.JsonText;
import dev.fairlead.sidecar.exchange.LimiterHandle;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.exchange.LiveModel;
import dev.fairlead.sidecar.exchange.LivePool;
import dev.fairlead.sidecar.exchange.LiveRoute;
import dev.fairlead.sidecar.exchange.LiveTarget;
import dev.fairlead.sidecar.exchange.PoolHandle;
import dev.fairlead.sidecar.exchange.StreamOptionsMemory;
import dev.fairlead.sidecar.exchange.Upstream;
import dev.fairlead.sidecar.http.SystemTrust;
import dev.fairlead.sidecar.limit.RouteLimiter;
import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import dev.fairlead.sidecar.provider.UnknownProviderException;
import dev.fairlead.sidecar.route.RouteTable;
import dev.fairlead.sidecar.route.TargetOrder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Binds a configuration to what runs: pools and limiters on their home loops, connections on every loop. Whatever cannot be
 * used is found before anything changes.
 */
final class ConfigApplier {
    private final List<LoopParts> loops;
    private final ProviderProfiles profiles = ProviderProfiles.load();
    private final ConfigCodec codec;
    private final Map<String, StreamOptionsMemory> streamOptions = new HashMap<>();

    ConfigApplier(List<LoopParts> loops, ConfigCodec codec) {
        this.loops = loops;
        this.codec = codec;
    }

    /** Makes the configuration ready to come into force; blocks, so never on a loop. */
    LiveConfig bind(SidecarConfig config, long epochMs) throws ConfigException {
        for (int i = 0; i < config.pools().size(); i++) {
            checkUsable(config.pools().get(i), "pools[" + i + "]");
        }
        var upstreams = onEveryLoop(parts -> parts.upstreams.apply(config.pools()));
        var pools = bindPools(config, upstreams);
        var limiters = bindLimiters(config.routes());
        var routes = config.routes().stream()
                .map(route -> bind(route, pools, limiters.get(route.id())))
                .toList();
        return new LiveConfig(
                config, codec.hash(config), epochMs, new RouteTable(config), routes, List.copyOf(pools.values()));
    }

    private void checkUsable(PoolConfig pool, String path) throws ConfigException {
        try {
            var unused = profiles.get(pool.provider()).withRules(pool.coolDown().rules());
        } catch (UnknownProviderException e) {
            throw new ConfigException(path + ".provider", e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path + ".coolDown", e.getMessage());
        }
        try {
            SystemTrust.check(pool.caBundle());
        } catch (GeneralSecurityException e) {
            throw new ConfigException(path + ".caBundle", "holds no certificate that can be read");
        }
        try {
            var unused = loops.get(0).upstreams.proxyFor(pool);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path + ".proxy", "is left to the environment, where " + e.getMessage());
        }
    }

    private Map<String, LivePool> bindPools(SidecarConfig config, List<List<Upstream>> upstreams) {
        var byHome = new ArrayList<List<PoolConfig>>();
        loops.forEach(parts -> byHome.add(new ArrayList<>()));
        config.pools().forEach(pool -> byHome.get(home(pool.id())).add(pool));
        var keyPools = new HashMap<String, KeyPool>();
        for (int i = 0; i < loops.size(); i++) {
            var parts = loops.get(i);
            var mine = byHome.get(i);
            var bound = join(parts.call(() -> parts.pools.apply(
                    mine,
                    pool -> profiles.get(pool.provider()).admission(),
                    parts.loop.nowMs(),
                    parts.loop.epochMillis())));
            for (int p = 0; p < mine.size(); p++) {
                keyPools.put(mine.get(p).id(), bound.get(p));
            }
        }
        var live = new LinkedHashMap<String, LivePool>();
        for (int p = 0; p < config.pools().size(); p++) {
            int at = p;
            var pool = config.pools().get(p);
            live.put(
                    pool.id(),
                    new LivePool(
                            pool.id(),
                            pool,
                            profiles.get(pool.provider())
                                    .withRules(pool.coolDown().rules()),
                            new PoolHandle(keyPools.get(pool.id()), loops.get(home(pool.id())).loop),
                            upstreams.stream().map(ofLoop -> ofLoop.get(at)).toList(),
                            streamOptions.computeIfAbsent(
                                    pool.id() + " " + pool.baseUrl(), id -> new StreamOptionsMemory())));
        }
        return live;
    }

    private Map<String, LimiterHandle> bindLimiters(List<RouteConfig> routes) {
        var handles = new HashMap<String, LimiterHandle>();
        for (int i = 0; i < loops.size(); i++) {
            int index = i;
            var parts = loops.get(i);
            var mine =
                    routes.stream().filter(route -> home(route.id()) == index).toList();
            Map<String, RouteLimiter> limiters = join(parts.call(() -> parts.limiters(mine)));
            for (var route : mine) {
                boolean limited = !route.limits().isEmpty();
                handles.put(route.id(), new LimiterHandle(limiters.get(route.id()), parts.loop, limited));
            }
        }
        return handles;
    }

    private LiveRoute bind(RouteConfig route, Map<String, LivePool> pools, LimiterHandle limiter) {
        var models = route.models().stream()
                .map(model -> new LiveModel(
                        model,
                        model.targets().stream()
                                .map(target -> new LiveTarget(
                                        target,
                                        target.model() == null ? null : JsonText.quoted(target.model()),
                                        pools.get(target.pool())))
                                .toList(),
                        loops.stream()
                                .map(parts -> new TargetOrder(model.targets()))
                                .toList()))
                .toList();
        return new LiveRoute(route.id(), route, Set.copyOf(route.endpoints()), limiter, models);
    }

    /** After the new configuration has come into force. */
    void dissolveUnnamed() {
        onEveryLoop(parts -> {
            parts.pools.dissolveUnnamed(parts.loop.nowMs());
            return true;
        });
    }

    private int home(String id) {
        return Math.floorMod(id.hashCode(), loops.size());
    }

    /** What is done on a loop. */
    @FunctionalInterface
    private interface OnLoop<T> {
        T run(LoopParts parts) throws Exception;
    }

    private <T> List<T> onEveryLoop(OnLoop<T> task) {
        var started =
                loops.stream().map(parts -> parts.call(() -> task.run(parts))).toList();
        return started.stream().map(ConfigApplier::join).toList();
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.join();
    }
}
