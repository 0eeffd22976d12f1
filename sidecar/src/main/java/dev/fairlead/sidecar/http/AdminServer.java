package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.telemetry.MetricsPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port: {@code /healthz /readyz /metrics /debug/config /debug/keys /debug/why}. Read-only; shows neither keys nor prompts; on
 * a loop of its own. On a pod's address, where others of the cluster may ask too, only the first three.
 */
public final class AdminServer {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROBES = "/healthz /readyz /metrics";
    private static final String ALL = PROBES + " /debug/config /debug/keys /debug/why?model=";

    private final HttpServer server;
    private final State state;
    private final OriginGuard guard;
    private final boolean debugPages;

    /** What there is to see. */
    public interface State {
        /** Whether every event loop turns. */
        boolean alive();

        /** Why no calls should be sent here, {@code null} when they may. */
        String notReadyBecause();

        /** The metrics page in the format that {@code Accept} asks for. */
        CompletionStage<MetricsPage.Page> metrics(String accept);

        /** The configuration in force, without secrets, as JSON. */
        String config();

        /** What would happen to a call for this model now, as JSON; the route and whose call it is may be {@code null}. */
        CompletionStage<String> why(String model, String route, String tenant);

        /** Every key's state as JSON. */
        CompletionStage<String> keys();
    }

    /** @param debugPages whether there is more than health and metrics */
    public AdminServer(Vertx vertx, String host, State state, boolean debugPages) {
        this.state = state;
        this.debugPages = debugPages;
        this.guard = new OriginGuard(host);
        this.server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(UnpooledContent::on)
                .requestHandler(this::handle);
    }

    /** Listens; port 0 picks one. The port that it became. */
    public Future<Integer> listen(int port, String host) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    private void handle(HttpServerRequest request) {
        var objection = guard.objection(request);
        if (objection != null) {
            answer(request, 403, TEXT, objection + "\n");
        } else if (!request.method().equals(HttpMethod.GET)) {
            answer(request, 405, TEXT, "only GET\n");
        } else {
            route(request);
        }
    }

    private void route(HttpServerRequest request) {
        switch (request.path()) {
            case "/healthz" ->
                answer(request, state.alive() ? 200 : 503, TEXT, state.alive() ? "ok\n" : "an event loop hangs\n");
            case "/readyz" -> {
                var because = state.notReadyBecause();
                answer(request, because == null ? 200 : 503, TEXT, because == null ? "ok\n" : because + "\n");
            }
            case "/metrics" ->
                later(
                        request,
                        state.metrics(request.getHeader("accept")),
                        page -> answer(request, 200, page.contentType(), page.body()));
            default -> debug(request);
        }
    }

    private void debug(HttpServerRequest request) {
        switch (debugPages ? request.path() : "") {
            case "/debug/config" -> answer(request, 200, JSON, state.config() + "\n");
            case "/debug/keys" -> later(request, state.keys(), keys -> answer(request, 200, JSON, keys + "\n"));
            case "/debug/why" -> why(request);
            default -> answer(request, 404, TEXT, (debugPages ? ALL : PROBES) + "\n");
        }
    }

    private void why(HttpServerRequest request) {
        var model = request.getParam("model");
        if (model == null || model.isEmpty()) {
            answer(request, 400, TEXT, "say which: /debug/why?model=NAME[&route=NAME][&tenant=NAME]\n");
        } else {
            later(
                    request,
                    state.why(model, request.getParam("route"), request.getParam("tenant")),
                    why -> answer(request, 200, JSON, why + "\n"));
        }
    }

    private static <T> void later(HttpServerRequest request, CompletionStage<T> value, Consumer<T> then) {
        Future.fromCompletionStage(value, Vertx.currentContext()).onComplete(then::accept, failure -> {
            LOG.atError().addKeyValue("error", failure.toString()).log("admin page failed");
            answer(request, 500, TEXT, "failed; see the log\n");
        });
    }

    private static void answer(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }
}
