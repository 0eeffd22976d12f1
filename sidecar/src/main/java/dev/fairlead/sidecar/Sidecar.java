package dev.fairlead.sidecar;

import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.exchange.ByteBudget;
import dev.fairlead.sidecar.exchange.LiveConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.http.AdminServer;
import dev.fairlead.sidecar.http.SystemTrust;
import dev.fairlead.sidecar.http.VertxLoop;
import dev.fairlead.sidecar.pool.quota.Carryover;
import dev.fairlead.sidecar.redis.RedisCoordinator;
import dev.fairlead.sidecar.telemetry.Metrics;
import dev.fairlead.sidecar.usage.RecordSink;
import dev.fairlead.sidecar.usage.RecordWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running sidecar: a data port and an admin port, and a configuration that can be exchanged at any time.
 *
 * <p>{@link #apply} and {@link #close} may be called from any thread but an event loop's, one at a time.
 */
public final class Sidecar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);
    private static final long FLUSH_SECONDS = 15;

    private final Vertx vertx;
    private final SidecarOptions options;
    private final List<LoopParts> loops = new ArrayList<>();
    private final RecordWriter records;
    private final Metrics metrics;
    private final ConfigApplier applier;
    private final LoopFleet fleet;
    private final RedisCoordinator redis;
    private final AdminState state;
    private final VertxLoop aside;
    private final ConfigCodec codec = new ConfigCodec();
    private final int dataPort;
    private final int adminPort;
    private volatile LiveConfig live;
    private volatile boolean draining;

    private Sidecar(SidecarOptions options, Bounds bounds, Carryover carryover) throws IOException {
        this.options = options;
        // One loop more than asked for: the admin port must answer while calls are served, and not slow them down.
        this.vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(options.eventLoops() + 1)
                // No file is served: without this Vert.x makes a cache folder at every start, which a read-only root
                // has no place for.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var budget = new ByteBudget(bounds.byteBudget());
        metrics = new Metrics(options.eventLoops());
        records = recordsTo(options);
        for (int i = 0; i < options.eventLoops(); i++) {
            var loop = new VertxLoop(((VertxInternal) vertx).createEventLoopContext());
            var ring = records == null ? null : records.ring(i);
            loops.add(new LoopParts(
                    vertx, loop, i, options, () -> live, metrics.loop(i), ring, budget, bounds.patience(), carryover));
        }
        applier = new ConfigApplier(loops, codec);
        fleet = new LoopFleet(loops);
        aside = new VertxLoop(((VertxInternal) vertx).createEventLoopContext());
        var process = UUID.randomUUID().toString();
        redis = new RedisCoordinator(aside.context(), fleet, process, SystemTrust::with);
        state = new AdminState(
                loops, metrics, records, budget, codec, () -> live, () -> draining, redis::standings, aside::execute);
        dataPort = listen();
        adminPort = pages(options.adminHost(), options.adminPort(), true);
    }

    /** Serves health and metrics on another address, too; the port that it became. */
    int listenForProbes(String host, int port) throws IOException {
        return pages(host, port, false);
    }

    private int pages(String host, int port, boolean debug) throws IOException {
        return await(onLoop(aside, () -> new AdminServer(vertx, host, state, debug).listen(port, host)));
    }

    Vertx vertx() {
        return vertx;
    }

    /** The loop that carries no calls. */
    VertxLoop aside() {
        return aside;
    }

    /** The pools as an operator sees them. */
    FleetPools fleet() {
        return new RedisInReports(fleet, redis::standings);
    }

    ConfigCodec codec() {
        return codec;
    }

    /**
     * Starts a sidecar; until a configuration is applied it answers {@code not_configured}.
     *
     * @throws IOException when an address cannot be listened on or the records' file cannot be opened
     */
    public static Sidecar start(SidecarOptions options) throws IOException {
        return start(options, Bounds.ofThisProcess());
    }

    /** @param carryover what a process before has left of its shares */
    static Sidecar start(SidecarOptions options, Carryover carryover) throws IOException {
        return new Sidecar(options, Bounds.ofThisProcess(), carryover);
    }

    static Sidecar start(SidecarOptions options, Bounds bounds) throws IOException {
        return new Sidecar(options, bounds, Carryover.NOTHING);
    }

    private static RecordWriter recordsTo(SidecarOptions options) throws IOException {
        if (options.records() == null) {
            return null;
        }
        var sink = options.records().equals("-")
                ? RecordSink.stream(new FileOutputStream(FileDescriptor.out))
                : RecordSink.file(Path.of(options.records()));
        var writer = new RecordWriter(sink, options.eventLoops(), options.pod());
        writer.start();
        return writer;
    }

    private int listen() throws IOException {
        int port = options.listenPort();
        if (port == 0 && loops.size() > 1) {
            // Several loops share a port by its number, so it has to be known before the first listens.
            try (var probe = new ServerSocket(0, 1, InetAddress.getByName(options.listenHost()))) {
                port = probe.getLocalPort();
            }
        }
        for (var parts : loops) {
            int wanted = port;
            port = await(onLoop(parts.loop, () -> parts.server.listen(wanted, options.listenHost())));
        }
        return port;
    }

    private interface Start {
        Future<Integer> now();
    }

    private static Future<Integer> onLoop(VertxLoop loop, Start start) {
        var promise = loop.context().<Integer>promise();
        loop.context().runOnContext(v -> start.now().onComplete(promise));
        return promise.future();
    }

    private int await(Future<Integer> port) throws IOException {
        try {
            return port.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        } catch (Exception e) {
            vertx.close();
            throw new IOException("cannot listen: " + e.getCause().getMessage(), e);
        }
    }

    /**
     * Puts a configuration into force: as a whole, for every call that begins afterwards. Running calls keep theirs; limits,
     * cool-downs and counters go on.
     *
     * @throws ConfigException when it cannot be used; the one in force stays
     */
    public synchronized void apply(SidecarConfig config) throws ConfigException {
        codec.check(config);
        var bound = applier.bind(config, System.currentTimeMillis());
        metrics.apply(config);
        if (records != null) {
            records.apply(config);
        }
        live = bound;
        applier.dissolveUnnamed();
        redis.use(config.workload(), config.pools());
        LOG.atInfo()
                .addKeyValue("hash", bound.hash())
                .addKeyValue("routes", config.routes().size())
                .addKeyValue("pools", config.pools().size())
                .log("config applied");
    }

    /** The port that the data port became. */
    public int dataPort() {
        return dataPort;
    }

    /** The port that the admin port became. */
    public int adminPort() {
        return adminPort;
    }

    /** Takes no new calls, lets running ones finish within the drain timeout, writes every record, then ends; once. */
    @Override
    public synchronized void close() {
        if (draining) {
            return;
        }
        draining = true;
        var drained = loops.stream()
                .map(parts -> parts.server.drain(options.drainTimeoutMs()))
                .toList();
        finish(Future.join(drained), options.drainTimeoutMs() / 1_000 + FLUSH_SECONDS);
        var idle = loops.stream().map(LoopParts::idle).toList();
        finish(Future.join(idle), FLUSH_SECONDS);
        finish(redis.close(), FLUSH_SECONDS);
        if (records != null) {
            records.close();
        }
        finish(vertx.close(), FLUSH_SECONDS);
    }

    private static void finish(Future<?> ending, long seconds) {
        try {
            ending.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("ending took too long");
        }
    }
}
