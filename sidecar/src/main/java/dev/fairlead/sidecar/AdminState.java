package dev.fairlead.sidecar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.exchange.ByteBudget;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.http.AdminServer;
import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.pool.PoolView;
import dev.fairlead.sidecar.redis.RedisStanding;
import dev.fairlead.sidecar.telemetry.Gauge;
import dev.fairlead.sidecar.telemetry.GaugeSource;
import dev.fairlead.sidecar.telemetry.Metrics;
import dev.fairlead.sidecar.telemetry.MetricsPage;
import dev.fairlead.sidecar.usage.RecordWriter;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the admin port shows of a running sidecar. Nothing here waits for an event loop of calls, and those do no more than say
 * how their pools stand: pages are written elsewhere.
 */
final class AdminState implements AdminServer.State {
    private final List<LoopParts> loops;
    private final ByteBudget budget;
    private final ConfigCodec codec;
    private final Supplier<LiveConfig> live;
    private final BooleanSupplier draining;
    private final Supplier<List<RedisStanding>> redis;
    private final Executor writers;
    private final MetricsPage page;
    private final ObjectMapper json = new ObjectMapper();
    private volatile List<PoolView> views = List.of();

    AdminState(
            List<LoopParts> loops,
            Metrics metrics,
            RecordWriter records,
            ByteBudget budget,
            ConfigCodec codec,
            Supplier<LiveConfig> live,
            BooleanSupplier draining,
            Supplier<List<RedisStanding>> redis,
            Executor writers) {
        this.loops = loops;
        this.budget = budget;
        this.codec = codec;
        this.live = live;
        this.draining = draining;
        this.redis = redis;
        this.writers = writers;
        this.page = new MetricsPage(metrics, gauges(records));
    }

    private Map<Gauge, GaugeSource> gauges(RecordWriter records) {
        var gauges = new EnumMap<Gauge, GaugeSource>(Gauge.class);
        gauges.put(Gauge.WAITING, to -> views.forEach(view -> to.value(view.waiting(), view.pool())));
        gauges.put(Gauge.LEASES_IN_FLIGHT, to -> views.forEach(view -> to.value(view.inFlight(), view.pool())));
        gauges.put(
                Gauge.POOL_KEYS,
                to -> views.forEach(
                        view -> keysByState(view).forEach((state, keys) -> to.value(keys, view.pool(), state))));
        gauges.put(
                Gauge.POOL_HEADROOM,
                to -> views.forEach(view -> {
                    if (view.headroomPercent() >= 0) {
                        to.value(view.headroomPercent() / 100.0, view.pool());
                    }
                }));
        gauges.put(
                Gauge.LEASES_LEAKED,
                to -> to.value(loops.stream()
                        .mapToLong(parts -> parts.exchanges.leaks())
                        .sum()));
        gauges.put(Gauge.REDIS_UP, to -> redisUp().forEach((address, up) -> to.value(up ? 1 : 0, address)));
        gauges.put(Gauge.RECORDS_DROPPED, to -> to.value(records == null ? 0 : records.dropped()));
        gauges.put(Gauge.CONFIG_INFO, to -> ifLive(config -> to.value(1, config.hash())));
        gauges.put(
                Gauge.CONFIG_AGE,
                to -> ifLive(config -> to.value((System.currentTimeMillis() - config.appliedAtMs()) / 1000.0)));
        gauges.put(Gauge.BYTE_BUDGET_USED, to -> to.value(budget.used()));
        gauges.put(Gauge.BYTE_BUDGET_LIMIT, to -> to.value(budget.limit()));
        gauges.put(Gauge.DIRECT_MEMORY, to -> to.value(Math.max(0, PlatformDependent.usedDirectMemory())));
        gauges.put(
                Gauge.CLIENT_CONNECTIONS,
                to -> to.value(loops.stream()
                        .mapToInt(parts -> parts.server.openConnections())
                        .sum()));
        return gauges;
    }

    /** One address may be reached in several ways, with one of them cut. */
    private Map<String, Boolean> redisUp() {
        var up = new TreeMap<String, Boolean>();
        redis.get().forEach(server -> up.merge(server.address(), server.up(), Boolean::logicalAnd));
        return up;
    }

    private void ifLive(Consumer<LiveConfig> then) {
        var config = live.get();
        if (config != null) {
            then.accept(config);
        }
    }

    private static Map<String, Integer> keysByState(PoolView view) {
        var states = new TreeMap<String, Integer>();
        view.keys().forEach(key -> states.merge(key.state(), 1, Integer::sum));
        return states;
    }

    @Override
    public boolean alive() {
        return loops.stream().allMatch(parts -> parts.watch.alive());
    }

    @Override
    public String notReadyBecause() {
        if (draining.getAsBoolean()) {
            return "draining";
        }
        return live.get() == null ? "no configuration has been applied" : null;
    }

    @Override
    public CompletableFuture<MetricsPage.Page> metrics(String accept) {
        return views().thenApply(current -> page.render(accept));
    }

    @Override
    public CompletableFuture<String> keys() {
        return views().thenApply(this::write);
    }

    @Override
    public String config() {
        var config = live.get();
        if (config == null) {
            return "null";
        }
        var shown = JsonNodeFactory.instance.objectNode();
        shown.put("hash", config.hash());
        shown.put("appliedAtMs", config.appliedAtMs());
        shown.set("config", codec.redacted(config.config()));
        return write(shown);
    }

    @Override
    public CompletableFuture<String> why(String model, String route, String tenant) {
        var config = live.get();
        return config == null
                ? CompletableFuture.completedFuture("null")
                : new Why(config, model, System.currentTimeMillis(), this::missing, writers)
                        .answer(route, tenant)
                        .thenApply(this::write);
    }

    /** What a pool's shares are missing, {@code null} when nothing. */
    private String missing(String pool) {
        return redis.get().stream()
                .filter(server -> !server.up() && server.pools().contains(pool))
                .map(RedisStanding::sentence)
                .findFirst()
                .orElse(null);
    }

    /** Asks every loop for the pools that it is home to. */
    private CompletableFuture<List<PoolView>> views() {
        var asked = loops.stream()
                .map(parts -> parts.call(() -> parts.pools.pools().stream()
                        .map((KeyPool pool) -> pool.view(parts.loop.nowMs()))
                        .toList()))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        v -> {
                            var all = new ArrayList<PoolView>();
                            asked.forEach(part -> all.addAll(part.join()));
                            all.sort(Comparator.comparing(PoolView::pool));
                            views = List.copyOf(all);
                            return views;
                        },
                        writers);
    }

    private String write(Object value) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view that cannot be written", e);
        }
    }
}
