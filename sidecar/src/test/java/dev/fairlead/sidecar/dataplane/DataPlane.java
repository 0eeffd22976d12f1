package dev.fairlead.sidecar.dataplane;

import dev.fairlead.sidecar.BoundedSidecar;
import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.exchange.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A real sidecar on real sockets, and a client to call it with. */
final class DataPlane implements AutoCloseable {
    static final String HELLO = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String HELLO_STREAM =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String ANSWER = "{\"id\":\"c1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Hello!\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

    private final Sidecar sidecar;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path records;

    DataPlane(int loops) throws IOException {
        this(loops, name -> null);
    }

    DataPlane(int loops, UnaryOperator<String> environment) throws IOException {
        records = Files.createTempFile("records", ".jsonl");
        sidecar = Sidecar.start(options(loops, environment));
    }

    /** One loop, with bounds that a test can reach. */
    DataPlane(SidecarConfig config, long byteBudget, Patience patience) throws IOException {
        records = Files.createTempFile("records", ".jsonl");
        sidecar = BoundedSidecar.start(options(1, name -> null), byteBudget, patience);
        apply(config);
    }

    private SidecarOptions options(int loops, UnaryOperator<String> environment) {
        return new SidecarOptions("127.0.0.1", 0, "127.0.0.1", 0, loops, records.toString(), 2_000, environment);
    }

    DataPlane(SidecarConfig config) throws IOException {
        this(1);
        apply(config);
    }

    void apply(SidecarConfig config) {
        try {
            sidecar.apply(config);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    Sidecar sidecar() {
        return sidecar;
    }

    int port() {
        return sidecar.dataPort();
    }

    HttpResponse<String> chat(String body, String... headers) throws IOException, InterruptedException {
        return client.send(request("/v1/chat/completions", body, headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> chatAsync(String body, String... headers) {
        return client.sendAsync(request("/v1/chat/completions", body, headers), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest request(String path, String body, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("content-type", "application/json")
                .header("authorization", "Bearer client-credential")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder.build();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String admin(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.adminPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Record lines written so far. */
    List<String> records() {
        try {
            return Files.readAllLines(records);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        sidecar.close();
        Files.deleteIfExists(records);
    }
}
