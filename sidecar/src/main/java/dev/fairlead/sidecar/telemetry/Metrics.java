package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The numbers of all event loops; one per process. Series are known by the names of routes and pools: a configuration that
 * comes or goes never sets anything back. They stay as long as the process, as Prometheus expects, so their number is bounded
 * by the names that configurations have had.
 */
public final class Metrics {
    private static final String NO_ROUTE = "";

    private final SeriesBook book = new SeriesBook();
    private final Map<String, RouteMeters> routes = new ConcurrentHashMap<>();
    private final Map<String, PoolMeters> pools = new ConcurrentHashMap<>();
    private final List<LoopMetrics> loops;

    /** @param loops number of event loops */
    public Metrics(int loops) {
        int overhead = book.index(Metric.OVERHEAD);
        int lag = book.index(Metric.EVENT_LOOP_LAG);
        this.loops = IntStream.range(0, loops)
                .mapToObj(loop -> new LoopMetrics(this, overhead, lag))
                .toList();
    }

    /**
     * Prepares the series of a configuration's routes and pools, so that no call has to; from any thread, before the
     * configuration comes into force.
     */
    public void apply(SidecarConfig config) {
        Map<String, String> providers = config.pools().stream()
                .collect(Collectors.toMap(PoolConfig::id, PoolConfig::provider, (one, other) -> one));
        providers.keySet().forEach(this::pool);
        for (RouteConfig route : config.routes()) {
            RouteMeters meters = route(route.id());
            for (ModelConfig model : route.models()) {
                for (String endpoint : route.endpoints()) {
                    model.targets().stream()
                            .map(TargetConfig::pool)
                            .map(providers::get)
                            .forEach(provider -> meters.call(model.name(), endpoint, provider));
                }
            }
        }
    }

    /** The numbers of an event loop, counted from 0. */
    public LoopMetrics loop(int index) {
        return loops.get(index);
    }

    RouteMeters route(String name) {
        String known = name == null ? NO_ROUTE : name;
        RouteMeters meters = routes.get(known);
        return meters != null ? meters : routes.computeIfAbsent(known, route -> new RouteMeters(book, route));
    }

    PoolMeters pool(String name) {
        PoolMeters meters = pools.get(name);
        return meters != null ? meters : pools.computeIfAbsent(name, pool -> new PoolMeters(book, pool));
    }

    List<SeriesBook.Series> series() {
        return book.all();
    }

    /** The sum of a cell over all loops. */
    long sum(int index) {
        long sum = 0;
        for (LoopMetrics loop : loops) {
            sum += loop.get(index);
        }
        return sum;
    }
}
