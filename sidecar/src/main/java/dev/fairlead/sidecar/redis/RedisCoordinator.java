package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.CoordinationConfig.RedisConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shares the limits of every pool whose mode is {@code Redis}. Safe on every thread; works on one context only. */
public final class RedisCoordinator {
    private final Context context;
    private final FleetPools fleet;
    private final String process;
    private final Function<String, TrustOptions> trust;
    private final String script = script();
    private final SharedPools known = new SharedPools();
    private final Map<Place, RedisServer> servers = new HashMap<>();
    private volatile List<RedisServer> shown = List.of();
    private final AtomicBoolean needed = new AtomicBoolean();

    /** A server as one kind of pool reaches it. */
    private record Place(RedisConfig redis, String caBundle) {
        @Override
        public String toString() {
            return redis.toString();
        }
    }

    /**
     * @param context that carries no calls
     * @param process names this run of this process, unlike any other: a UUID
     * @param trust whom to believe over TLS, by the pool's {@code caBundle}
     */
    public RedisCoordinator(Context context, FleetPools fleet, String process, Function<String, TrustOptions> trust) {
        this.context = context;
        this.fleet = fleet;
        this.process = process;
        this.trust = trust;
        fleet.onNeed(this::need);
    }

    private void need() {
        if (needed.compareAndSet(false, true)) {
            context.runOnContext(v -> {
                needed.set(false);
                servers.values().forEach(RedisServer::need);
            });
        }
    }

    /**
     * These pools are in force from now on; those with another mode are left alone.
     *
     * @param workload whose tenant's weight counts where processes of several tenants want more than there is
     */
    public void use(WorkloadConfig workload, List<PoolConfig> pools) {
        var places = new LinkedHashMap<Place, List<PoolConfig>>();
        for (var pool : pools) {
            if (pool.coordination().mode() == Mode.REDIS) {
                var redis = pool.coordination().redis();
                var place = new Place(redis, redis.tls() ? pool.caBundle() : null);
                places.computeIfAbsent(place, unseen -> new ArrayList<>()).add(pool);
            }
        }
        context.runOnContext(v -> use(workload, places));
    }

    private void use(WorkloadConfig workload, Map<Place, List<PoolConfig>> places) {
        known.use(workload, places.values().stream().flatMap(List::stream).toList());
        for (var each = servers.entrySet().iterator(); each.hasNext(); ) {
            var server = each.next();
            if (!places.containsKey(server.getKey())) {
                server.getValue().close(poolsAt(server.getKey().redis().address(), places));
                each.remove();
            }
        }
        places.forEach(
                (place, pools) -> servers.computeIfAbsent(place, this::open).use(pools));
        shown = List.copyOf(servers.values());
    }

    /** How each server stands that pools in force are shared by. */
    public List<RedisStanding> standings() {
        return shown.stream().map(RedisServer::standing).toList();
    }

    /** Pools that go on in the same books, reached in another way. */
    private static Set<String> poolsAt(String address, Map<Place, List<PoolConfig>> places) {
        return places.entrySet().stream()
                .filter(each -> each.getKey().redis().address().equals(address))
                .flatMap(each -> each.getValue().stream().map(PoolConfig::id))
                .collect(Collectors.toSet());
    }

    private RedisServer open(Place place) {
        var trusted = place.redis().tls() ? trust.apply(place.caBundle()) : null;
        var link = new RedisLink(context.owner(), place.redis(), trusted, script);
        return new RedisServer(context, fleet, link, place.redis().address(), process, known);
    }

    /** Gives back what is not used; completes when that is done or was not possible within two seconds. */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(v -> {
            var all = servers.values().stream()
                    .map(server -> server.close(Set.of()))
                    .toList();
            servers.clear();
            Future.join(all).<Void>mapEmpty().onComplete(closed);
        });
        return closed.future();
    }

    /** Without what is for readers only: of who has not said a password yet Redis reads 16 KiB, and ends the connection else. */
    static String script() {
        try (var in = RedisCoordinator.class.getResourceAsStream("divide.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
