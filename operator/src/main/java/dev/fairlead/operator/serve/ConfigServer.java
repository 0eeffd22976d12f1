package dev.fairlead.operator.serve;

import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.operator.trust.TrustSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.VertxInternal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves configurations over HTTPS, on one event loop of its own. Public methods may be called on every thread but an event
 * loop's.
 */
public final class ConfigServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigServer.class);
    private static final long TICK_MILLIS = 200;
    private static final long FAREWELL_GRACE_MILLIS = 1_000;
    private static final long CLOSE_SECONDS = 5;

    private final Vertx vertx;
    private final Context context;
    private final TrustSource trust;
    private final RolloutSource rollouts;
    private final PodIndex pods;
    private final ServeSettings settings;
    private final ServeFigures figures = new ServeFigures();
    private final Streams streams;
    private final Visitors visitors;
    private final Ground ground;
    private final TlsListener listener;
    private final Map<String, Route> routes = new HashMap<>();
    private final AtomicBoolean rolloutComes = new AtomicBoolean();
    private final Promise<Void> closed = Promise.promise();
    private boolean draining;
    private long ticker;

    private record Route(String method, Handler<HttpServerRequest> handler) {}

    /**
     * @param vertx not closed here
     * @param authenticator for {@link dev.fairlead.sidecar.control.ControlEnvironment#AUDIENCE}; not closed here
     * @param acks hears of streams and acknowledgements on the event loop
     */
    public ConfigServer(
            Vertx vertx,
            TrustSource trust,
            RolloutSource rollouts,
            PodIndex pods,
            PodCheck check,
            Authenticator authenticator,
            AckListener acks,
            ServeSettings settings) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.trust = trust;
        this.rollouts = rollouts;
        this.pods = pods;
        this.settings = settings;
        LongSupplier nanoTime = System::nanoTime;
        var gate = new PodGate(pods, check);
        var sources = new Sources(nanoTime);
        this.streams = new Streams(pods, gate, rollouts, acks, settings, figures);
        this.visitors = new Visitors(settings, nanoTime);
        this.listener = new TlsListener(vertx, settings, this::dispatch, this::unreadable, visitors::opened);
        var connect = new ConnectHandler(
                context, rollouts, authenticator, gate, streams, sources, settings, figures, nanoTime);
        this.ground = new Ground(vertx, context, authenticator, streams, sources, new Bodies(), settings, figures);
        var ack = new StreamPost<>(ground, AckHandler.MAX_BODY, new AckHandler(acks, figures, nanoTime));
        routes.put("/v1/config", new Route("GET", connect::handle));
        routes.put("/v1/acks", new Route("POST", ack::handle));
    }

    /** Answers sidecars' reports at {@code POST /v1/fleet}, too. Before {@link #start}. */
    public void serve(FleetDesk desk) {
        var reports = new StreamPost<>(
                ground, FleetHandler.MAX_BODY, new FleetHandler(desk, context, figures, System::nanoTime));
        routes.put("/v1/fleet", new Route("POST", reports::handle));
    }

    /** Serves another path, too. Before {@link #start}. */
    public void serve(String method, String path, Handler<HttpServerRequest> handler) {
        routes.put(path, new Route(method, handler));
    }

    /** Listens as soon as there are certificates. Returns at once. */
    public void start() {
        rollouts.onRollout(this::rolledOut);
        pods.onChange(uid -> context.runOnContext(here -> streams.podChanged(uid)));
        trust.onChange(material -> context.runOnContext(here -> trusted(material)));
        context.runOnContext(here -> {
            ticker = vertx.setPeriodic(TICK_MILLIS, tick -> {
                streams.tick();
                visitors.tick();
            });
            trust.current().ifPresent(this::trusted);
        });
    }

    /** Completes with the port when the server listens, which it does not before there are certificates. */
    public Future<Integer> listening() {
        return listener.listening();
    }

    /** What it has done. */
    public ServeFigures figures() {
        return figures;
    }

    /**
     * Takes no more streams and says {@code bye} on those that are open, spread over {@link ServeSettings#drain}; then stops to
     * listen. Waits for that.
     */
    @Override
    public void close() {
        context.runOnContext(here -> drain());
        try {
            closed.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.drain().toSeconds() + CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("configuration server did not close in time");
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        streams.farewell(vertx);
        long until = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(settings.drain().toMillis() + FAREWELL_GRACE_MILLIS);
        vertx.setPeriodic(10, check -> {
            if (streams.isEmpty() || System.nanoTime() > until) {
                vertx.cancelTimer(check);
                vertx.cancelTimer(ticker);
                streams.cutAll();
                listener.close().onComplete(closed);
            }
        });
    }

    private void rolledOut() {
        // Rollouts that come before the loop has had its turn are one to it.
        if (rolloutComes.compareAndSet(false, true)) {
            context.runOnContext(here -> {
                rolloutComes.set(false);
                streams.rolledOut();
            });
        }
    }

    private void trusted(TrustMaterial material) {
        streams.trustChanged(material.caBundle());
        if (!draining) {
            listener.use(material);
        }
    }

    private void dispatch(HttpServerRequest request) {
        visitors.asked(request);
        var route = request.path() == null ? null : routes.get(request.path());
        if (draining) {
            refuse(request, new Refusal(503, "shutting_down", "this replica is shutting down", 1));
        } else if (request.version() != HttpVersion.HTTP_1_1) {
            refuse(request, new Refusal(505, "http_version", "expected HTTP/1.1"));
        } else if (route == null) {
            refuse(request, new Refusal(404, "not_found", "there is nothing at this path"));
        } else if (!route.method().equals(request.method().name())) {
            refuse(request, new Refusal(405, "method_not_allowed", "expected " + route.method()));
        } else {
            route.handler().handle(request);
        }
    }

    private void unreadable(HttpServerRequest request) {
        visitors.asked(request);
        refuse(request, new Refusal(400, "bad_request", "the request cannot be read as HTTP/1.1"));
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        figures.refusal(refusal.code());
        refusal.answer(request);
    }
}
