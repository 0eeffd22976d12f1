package dev.fairlead.operator.metrics;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics}, {@code /healthz} and {@code /readyz} over plain HTTP, for kubelet and Prometheus. Shows no configuration. Pages
 * are rendered on Vert.x's worker threads.
 */
public final class HealthServer {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int IDLE_SECONDS = 90;

    private final Vertx vertx;
    private final OperatorMetrics metrics;
    private final Supplier<String> problem;
    private final Supplier<String> notReadyBecause;
    private final HttpServer server;

    /**
     * Both answer at once, on an event loop, from memory.
     *
     * @param problem what only a restart mends, {@code null} for nothing
     * @param notReadyBecause why no sidecar should be sent here yet, {@code null} when it may
     */
    public HealthServer(
            Vertx vertx, OperatorMetrics metrics, Supplier<String> problem, Supplier<String> notReadyBecause) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.problem = problem;
        this.notReadyBecause = notReadyBecause;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::handle);
    }

    /** Listens; port 0 picks one. The port that it became. */
    public Future<Integer> listen(int port, String host) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    /** Stops listening and closes what is open. */
    public Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader("allow", "GET");
            answer(request, 405, TEXT, "only GET\n");
            return;
        }
        switch (request.path()) {
            case "/healthz" -> verdict(request, problem);
            case "/readyz" -> verdict(request, notReadyBecause);
            case "/metrics" -> page(request);
            default -> answer(request, 404, TEXT, "/healthz /readyz /metrics\n");
        }
    }

    private static void verdict(HttpServerRequest request, Supplier<String> question) {
        String objection;
        try {
            objection = question.get();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("path", request.path())
                    .addKeyValue("error", e.toString())
                    .log("check failed");
            objection = "the check itself failed; see the log";
        }
        answer(request, objection == null ? 200 : 503, TEXT, objection == null ? "ok\n" : objection + "\n");
    }

    private void page(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        vertx.executeBlocking(() -> metrics.page(accept), false)
                .onSuccess(page -> answer(request, 200, page.contentType(), page.body()))
                .onFailure(failure -> {
                    LOG.atError().addKeyValue("error", failure.toString()).log("metrics page failed");
                    answer(request, 500, TEXT, "failed; see the log\n");
                });
    }

    private static void answer(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }
}
