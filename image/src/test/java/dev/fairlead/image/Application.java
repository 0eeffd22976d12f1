package dev.fairlead.image;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Calls a sidecar as an application, a probe and a Prometheus do. */
final class Application {
    private static final int ROUNDS = 20;
    private static final int OK = 200;
    private static final int ASK_EVERY_MS = 50;
    private static final String CHAT = """
            {"model": "%s", "messages": [{"role": "user", "content": "Say something of %d words"}], "stream": %s}""";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int data;
    private final int probes;

    Application(int data, int probes) {
        this.data = data;
        this.probes = probes;
    }

    /** Waits until the sidecar is ready, then makes calls of each kind; whether all were answered well. */
    boolean play(BooleanSupplier alive) throws IOException, InterruptedException {
        if (!becomesReady(alive)) {
            return false;
        }
        boolean good = true;
        for (int round = 0; round < ROUNDS; round++) {
            for (var model : new String[] {"plain", "secure"}) {
                good &= answered("/v1/chat/completions", CHAT.formatted(model, round, false));
                good &= answered("/v1/chat/completions", CHAT.formatted(model, round, true));
                good &= answered("/v1/embeddings", "{\"model\": \"" + model + "-embedding\", \"input\": \"a word\"}");
            }
            good &= status(request(data, "/v1/models").GET().build()) == OK;
            good &= status(request(probes, "/metrics").GET().build()) == OK;
        }
        return good;
    }

    private boolean becomesReady(BooleanSupplier alive) throws InterruptedException {
        while (alive.getAsBoolean()) {
            try {
                if (status(request(probes, "/readyz").GET().build()) == OK) {
                    return true;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(ASK_EVERY_MS);
        }
        return false;
    }

    private boolean answered(String path, String body) throws IOException, InterruptedException {
        int status = status(request(data, path)
                .header("content-type", "application/json")
                .header("authorization", "Bearer rehearsal")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (status != OK) {
            System.out.println("answered " + status + " to " + path + ": " + body);
        }
        return status == OK;
    }

    private int status(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }
}
