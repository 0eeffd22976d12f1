package dev.fairlead.sidecar;

import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.exchange.ByteBudget;
import dev.fairlead.sidecar.exchange.Exchanges;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.exchange.Patience;
import dev.fairlead.sidecar.http.DataServer;
import dev.fairlead.sidecar.http.LoopTurn;
import dev.fairlead.sidecar.http.ProxyEnvironment;
import dev.fairlead.sidecar.http.ServerLimits;
import dev.fairlead.sidecar.http.Upstreams;
import dev.fairlead.sidecar.http.VertxLoop;
import dev.fairlead.sidecar.limit.RouteLimiter;
import dev.fairlead.sidecar.pool.Alarm;
import dev.fairlead.sidecar.pool.KeyPools;
import dev.fairlead.sidecar.pool.quota.Carryover;
import dev.fairlead.sidecar.telemetry.LoopMetrics;
import dev.fairlead.sidecar.usage.CallIds;
import dev.fairlead.sidecar.usage.RecordRing;
import dev.fairlead.sidecar.usage.Recorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Everything that one event loop owns: its server, its exchanges, and the pools and limiters it is home to. */
final class LoopParts {
    final VertxLoop loop;
    final KeyPools pools;
    final Exchanges exchanges;
    final Upstreams upstreams;
    final DataServer server;
    final LoopWatch watch;
    private final Map<String, RouteLimiter> limiters = new HashMap<>();

    LoopParts(
            Vertx vertx,
            VertxLoop loop,
            int index,
            SidecarOptions options,
            Supplier<LiveConfig> config,
            LoopMetrics metrics,
            RecordRing ring,
            ByteBudget budget,
            Patience patience,
            Carryover carryover) {
        this.loop = loop;
        this.pools = new KeyPools(this::alarm, new SecureRandom().nextLong(), carryover);
        var recorder = new Recorder(metrics, ring);
        var ids = new CallIds(new SecureRandom().nextLong());
        this.exchanges = new Exchanges(loop, index, config, recorder, ids, budget, patience);
        var turn = new LoopTurn();
        this.upstreams = new Upstreams(vertx, turn, new ProxyEnvironment(options.environment()));
        this.server = new DataServer(vertx, turn, options.listenHost(), ServerLimits.within(budget.limit()), exchanges);
        this.watch = new LoopWatch(loop, metrics, () -> pools.wallClock(loop.nowMs(), loop.epochMillis()));
    }

    /** One timer per ring; an earlier one makes a later one ring for nothing, which is harmless. */
    private Alarm alarm(LongConsumer ring) {
        return new LoopAlarm(loop, ring);
    }

    /** Gives routes that this loop is home to their limiters; limits of routes that are gone are forgotten. */
    Map<String, RouteLimiter> limiters(List<RouteConfig> routes) {
        var named = new HashSet<String>();
        for (var route : routes) {
            named.add(route.id());
            limiters.computeIfAbsent(route.id(), id -> new RouteLimiter()).configure(route.limits());
        }
        limiters.keySet().retainAll(named);
        return Map.copyOf(limiters);
    }

    /** Completes when no call runs on this loop. */
    Future<Void> idle() {
        var promise = loop.context().<Void>promise();
        loop.execute(() -> exchanges.whenIdle(promise::tryComplete));
        return promise.future();
    }

    /** Runs on this loop and tells the outcome. */
    <T> CompletableFuture<T> call(Callable<T> task) {
        var outcome = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                outcome.complete(task.call());
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }
}
