package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.config.ConfigCodec;
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
import dev.fairlead.sidecar.limit.RouteLimiter;
import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import dev.fairlead.sidecar.route.RouteTable;
import dev.fairlead.sidecar.route.TargetOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Binds configurations to what runs in virtual time, as the sidecar's own binding does for its event loops. */
final class VirtualBinding {
    private final VirtualLoop loop;
    private final Function<PoolConfig, Upstream> providers;
    private final ProviderProfiles profiles = ProviderProfiles.load();
    private final ConfigCodec codec = new ConfigCodec();

    VirtualBinding(VirtualLoop loop, Function<PoolConfig, Upstream> providers) {
        this.loop = loop;
        this.providers = providers;
    }

    AdmissionRule admission(PoolConfig pool) {
        return profiles.get(pool.provider()).admission();
    }

    /** @param keyPools of the configurations, in their order */
    Map<String, LivePool> pools(List<PoolConfig> configs, List<KeyPool> keyPools) {
        var live = new HashMap<String, LivePool>();
        for (int i = 0; i < configs.size(); i++) {
            var config = configs.get(i);
            live.put(
                    config.id(),
                    new LivePool(
                            config.id(),
                            config,
                            profiles.get(config.provider())
                                    .withRules(config.coolDown().rules()),
                            new PoolHandle(keyPools.get(i), loop),
                            List.of(providers.apply(config)),
                            new StreamOptionsMemory()));
        }
        return live;
    }

    LiveConfig bind(SidecarConfig config, Map<String, LivePool> pools, Map<String, RouteLimiter> limiters) {
        var routes = config.routes().stream()
                .map(route -> bind(route, pools, limiters))
                .toList();
        return new LiveConfig(
                config,
                codec.hash(config),
                loop.epochMillis(),
                new RouteTable(config),
                routes,
                config.pools().stream().map(pool -> pools.get(pool.id())).toList());
    }

    private LiveRoute bind(RouteConfig route, Map<String, LivePool> pools, Map<String, RouteLimiter> limiters) {
        var limiter = limiters.computeIfAbsent(route.id(), id -> new RouteLimiter());
        limiter.configure(route.limits());
        var models = route.models().stream()
                .map(model -> new LiveModel(
                        model,
                        model.targets().stream()
                                .map(target -> new LiveTarget(
                                        target,
                                        target.model() == null ? null : JsonText.quoted(target.model()),
                                        pools.get(target.pool())))
                                .toList(),
                        List.of(new TargetOrder(model.targets()))))
                .toList();
        return new LiveRoute(
                route.id(),
                route,
                Set.copyOf(route.endpoints()),
                new LimiterHandle(limiter, loop, !route.limits().isEmpty()),
                models);
    }
}
