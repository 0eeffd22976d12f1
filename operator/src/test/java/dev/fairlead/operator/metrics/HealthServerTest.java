package dev.fairlead.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final OperatorMetrics metrics = new OperatorMetrics();
    private final AtomicReference<String> problem = new AtomicReference<>();
    private final AtomicReference<String> notReady = new AtomicReference<>();
    private final HealthServer server = new HealthServer(vertx, metrics, problem::get, notReady::get);
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    private static <T> T got(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @BeforeEach
    void start() throws Exception {
        port = got(server.listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        got(server.close());
        got(vertx.close());
        metrics.close();
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("GET", path);
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void healthAndReadinessAreAnsweredApart() throws Exception {
        notReady.set("informers: 2 of 9 wait for their first answer");
        assertThat(get("/healthz")).isEqualTo("200 ok\n");
        assertThat(get("/readyz")).isEqualTo("503 informers: 2 of 9 wait for their first answer\n");
        notReady.set(null);
        problem.set("an event loop hangs");
        assertThat(get("/healthz")).isEqualTo("503 an event loop hangs\n");
        assertThat(get("/readyz")).isEqualTo("200 ok\n");
    }

    @Test
    void aCheckThatThrowsIsAnObjection() throws Exception {
        HealthServer broken = new HealthServer(
                vertx,
                metrics,
                () -> {
                    throw new IllegalStateException("secret detail");
                },
                () -> null);
        port = got(broken.listen(0, "127.0.0.1"));
        assertThat(get("/healthz")).isEqualTo("503 the check itself failed; see the log\n");
        assertThat(get("/readyz")).isEqualTo("200 ok\n");
    }

    @Test
    void thePageIsRenderedOffTheEventLoop() throws Exception {
        AtomicBoolean onEventLoop = new AtomicBoolean(true);
        metrics.gauge(OperatorGauge.LEADER, () -> {
            onEventLoop.set(Context.isOnEventLoopThread());
            return 1;
        });
        HttpResponse<String> answer = call("GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body()).contains("fairlead_operator_leader 1.0\n").contains("\njvm_memory_used_bytes{");
        assertThat(onEventLoop).isFalse();
    }

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(get("/")).isEqualTo("404 /healthz /readyz /metrics\n");
        HttpResponse<String> posted = call("POST", "/metrics");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("allow")).contains("GET");
    }
}
