package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.exchange.Loop;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.pool.quota.Carryover;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a sidecar in step with the operator: one stream to one operator pod at a time, for ever. Whatever happens to it, the
 * configuration in force stays in force, and calls notice nothing.
 *
 * <p>{@link #restore} before {@link #start}; any thread but a loop's.
 */
public final class ControlClient implements AutoCloseable {
    private static final long IDLE_THREAD_SECONDS = 30;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor worker;
    private final Loop loop;
    private final ConfigInForce inForce;
    private final Authorities authorities;
    private final FleetClient fleet;
    private final Connector connector;

    /**
     * Connects to nobody yet.
     *
     * @param loop carries no calls; its context is where connections live
     * @param codec may be shared
     * @param pools whose limits the operator divides
     */
    public ControlClient(
            ControlSettings settings, Vertx vertx, Loop loop, ConfigCodec codec, ConfigSink sink, FleetPools pools) {
        this(settings, vertx, loop, codec, sink, pools, HostLookup.system());
    }

    ControlClient(
            ControlSettings settings,
            Vertx vertx,
            Loop loop,
            ConfigCodec codec,
            ConfigSink sink,
            FleetPools pools,
            HostLookup lookup) {
        this.loop = loop;
        var store = new LastKnownGood(settings.stateDir());
        worker = new ThreadPoolExecutor(
                1, 1, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "control");
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
        inForce = new ConfigInForce(codec, sink, store);
        authorities = new Authorities(settings.caBundle(), store);
        fleet = new FleetClient(loop, pools);
        connector = new Connector(
                loop,
                worker,
                new VertxDialer(vertx, settings.host(), settings.port()),
                new Approach(settings.host(), settings.tokenFile(), lookup),
                new SecureRandom(),
                inForce,
                authorities,
                fleet);
    }

    /** What the process before has left of its shares, before {@link #restore}. Blocks. */
    public static Carryover carryover(ControlSettings settings) {
        return MappedCarryover.in(settings.stateDir());
    }

    /** Puts the last-known-good configuration into force, before anybody is asked; whether there was one. */
    public boolean restore() {
        authorities.restore();
        boolean restored = inForce.restore();
        if (restored) {
            fleet.restored();
        }
        return restored;
    }

    /** Connects, and connects again. */
    public void start() {
        loop.execute(connector::connect);
    }

    /** Ends the stream; a configuration that is being put into force is finished first. */
    @Override
    public void close() {
        loop.execute(connector::close);
        worker.shutdown();
        try {
            var unused = worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
