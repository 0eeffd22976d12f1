package dev.fairlead.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.control.Ack;
import dev.fairlead.sidecar.control.FakeOperator;
import dev.fairlead.sidecar.control.Frame;
import dev.fairlead.sidecar.control.LastKnownGood;
import dev.fairlead.sidecar.control.TestCertificates;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container's process, as the kubelet starts it. */
class MainTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CALL = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String SECRET = "sk-very-secret";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Running> processes = new ArrayList<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private HttpServer provider;

    @TempDir
    private Path folder;

    /**
     * A process and what it has logged.
     *
     * @param log grows
     */
    private record Running(Process process, List<String> log) {
        int port(String name) {
            await().atMost(LONG).until(() -> !process.isAlive() || said("sidecar started"));
            assertThat(log).anyMatch(line -> line.contains("sidecar started"));
            var started = log.stream()
                    .filter(line -> line.contains("sidecar started"))
                    .findFirst();
            var port = Pattern.compile(" " + name + "=(\\d+)").matcher(started.orElseThrow());
            assertThat(port.find()).isTrue();
            return Integer.parseInt(port.group(1));
        }

        boolean said(String event) {
            return log.stream().anyMatch(line -> line.contains(event));
        }

        /** SIGTERM; {@link Process#destroy} would also stop listening. */
        void terminate() {
            assertThat(process.toHandle().destroy()).isTrue();
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    @BeforeEach
    void asInjectionWritesIt() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (asked.contains("slow")) {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            var bytes = "{\"id\":\"c1\",\"choices\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        provider.start();
        Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("token"), "token-1");
        // No such name is needed: localhost is one that every machine resolves, and TLS must then refuse the leaf's
        // name.
        environment.put("FAIRLEAD_CONFIG_ADDRESS", "localhost:" + closedPort());
        environment.put("FAIRLEAD_CA_BUNDLE", TestCertificates.get().pem("ca1"));
        environment.put("FAIRLEAD_TOKEN_FILE", folder.resolve("token").toString());
        environment.put("FAIRLEAD_STATE_DIR", folder.resolve("state").toString());
        environment.put("FAIRLEAD_POD_IP", "127.0.0.4");
        environment.put("FAIRLEAD_DATA_PORT", "0");
        environment.put("FAIRLEAD_ADMIN_PORT", "0");
        environment.put("FAIRLEAD_PROBE_PORT", "0");
    }

    @AfterEach
    void end() throws InterruptedException {
        answer.countDown();
        for (var running : processes) {
            running.process().destroyForcibly().waitFor();
        }
        provider.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static int closedPort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private Running start() throws IOException {
        return start("48m");
    }

    private Running start(String heap) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_") || name.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        var process = builder.redirectErrorStream(true).start();
        var running = new Running(process, new CopyOnWriteArrayList<>());
        processes.add(running);
        var reader = new Thread(
                () -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(running.log()::add));
        reader.setDaemon(true);
        reader.start();
        return running;
    }

    private SidecarConfig config() {
        var pool = new PoolConfig(
                "team-a",
                "openai",
                "OpenAICompatible",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/v1",
                null,
                List.of(new KeyConfig("main", "main", 1, "fp", SECRET)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        var route = new RouteConfig(
                "team-a",
                "chat",
                RouteConfig.Audience.OWN,
                null,
                null,
                null,
                List.of("ChatCompletions"),
                List.of(new ModelConfig("gpt-4o", List.of(new TargetConfig("openai", "team-a/openai", null, 0, 1)))),
                null,
                null,
                List.of());
        return new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(route), List.of(pool));
    }

    private HttpRequest.Builder request(String host, int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                .timeout(LONG);
    }

    private HttpResponse<String> get(String host, int port, String path) throws IOException, InterruptedException {
        return client.send(request(host, port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest call(int port) {
        return call(port, CALL);
    }

    private HttpRequest call(int port, String body) {
        return request("127.0.0.1", port, "/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void withoutAnOperatorItRunsIsAliveButNotReadyAndEndsWith0() throws Exception {
        var running = start();
        int probes = running.port("probes");
        assertThat(get("127.0.0.4", probes, "/healthz").statusCode()).isEqualTo(200);
        assertThat(get("127.0.0.4", probes, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get("127.0.0.4", probes, "/readyz").body()).isEqualTo("no configuration has been applied\n");
        assertThat(get("127.0.0.4", probes, "/metrics").body()).contains("process_resident_memory_bytes");
        assertThat(get("127.0.0.4", probes, "/debug/config").statusCode()).isEqualTo(404);
        assertThat(get("127.0.0.1", running.port("admin"), "/debug/config").statusCode())
                .isEqualTo(200);
        await().atMost(LONG).until(() -> running.said("config stream lost"));
        running.terminate();
        assertThat(running.exit()).isZero();
        await().atMost(LONG).until(() -> running.said("sidecar ended"));
        assertThat(running.log()).anyMatch(line -> line.matches("\\S+Z INFO \"sidecar started\" data=\\d+ .*"));
        assertThat(running.log()).allMatch(line -> line.matches("\\S+Z (INFO|WARN) .*"));
    }

    @Test
    void withALastKnownGoodConfigurationItServesWhileNobodyAnswersAndLetsARunningCallFinish() throws Exception {
        new LastKnownGood(folder.resolve("state")).keepConfig("h1", new ConfigCodec().write(config()));
        var running = start();
        int data = running.port("data");
        int probes = running.port("probes");
        assertThat(get("127.0.0.4", probes, "/readyz").statusCode()).isEqualTo(200);
        assertThat(client.send(call(data), HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);

        var pending = client.sendAsync(call(data, CALL.replace("hi", "slow")), HttpResponse.BodyHandlers.ofString());
        await().atMost(LONG)
                .until(() -> get("127.0.0.4", probes, "/metrics")
                        .body()
                        .contains("fairlead_leases_in_flight{pool=\"team-a/openai\"} 1.0"));
        running.terminate();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(get("127.0.0.4", probes, "/readyz").body()).isEqualTo("draining\n"));
        answer.countDown();
        assertThat(pending.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(running.exit()).isZero();
        assertThat(String.join("\n", running.log())).doesNotContain(SECRET).doesNotContain("token-1");
    }

    @Test
    void aConfigurationOfTheOperatorIsServedARefusedOneChangesNothingAndARestartRemembers() throws Exception {
        try (var operator = new FakeOperator(vertx, "127.0.0.1", 0, "local")) {
            operator.greet(stream -> stream.send(operator.config(config())));
            environment.put("FAIRLEAD_CONFIG_ADDRESS", "localhost:" + operator.port());
            environment.put("FAIRLEAD_RECORDS", folder.resolve("calls.jsonl").toString());
            var running = start();
            int data = running.port("data");
            await().atMost(LONG).until(() -> operator.acks().size() == 1);
            assertThat(client.send(call(data), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);

            var broken = new ObjectMapper().readTree("{\"version\":1,\"pools\":[{\"keys\":7}]}");
            operator.streams().get(0).send(new Frame.Config("broken", broken));
            await().atMost(LONG).until(() -> operator.acks().size() == 2);
            var nack = operator.acks().get(1);
            assertThat(nack.applied()).isFalse();
            assertThat(nack.path()).isEqualTo("pools[0].keys");
            assertThat(client.send(call(data), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            running.terminate();
            assertThat(running.exit()).isZero();
            assertThat(Files.readAllLines(folder.resolve("calls.jsonl"))).hasSize(2);
            assertThat(String.join("\n", running.log()))
                    .contains("config refused")
                    .doesNotContain(SECRET);
        }
        var again = start();
        assertThat(client.send(call(again.port("data")), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    /** What {@code kubectl logs} shows: the log and the records, both whole lines that are told apart by how they begin. */
    @Test
    void recordsOnStandardOutputNameThePodAndAreLinesOfTheirOwnBesideTheLog() throws Exception {
        new LastKnownGood(folder.resolve("state")).keepConfig("h1", new ConfigCodec().write(config()));
        environment.put("FAIRLEAD_RECORDS", "-");
        environment.put("FAIRLEAD_POD_NAME", "chat-7d9f-x2x4");
        var running = start();
        int data = running.port("data");
        assertThat(client.send(call(data), HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        running.terminate();
        assertThat(running.exit()).isZero();
        await().atMost(LONG).until(() -> running.said("sidecar ended"));
        var records =
                running.log().stream().filter(line -> line.startsWith("{")).toList();
        assertThat(records).hasSize(1);
        var record = new ObjectMapper().readTree(records.get(0));
        assertThat(record.path("pod").asText()).isEqualTo("chat-7d9f-x2x4");
        assertThat(record.path("route").asText()).isEqualTo("team-a/chat");
        assertThat(running.log())
                .allMatch(line -> line.startsWith("{") || line.matches("\\S+Z (INFO|WARN) .*"))
                .noneMatch(line -> line.contains("\"hi\"") || line.contains(SECRET));
    }

    @Test
    void fiveMegabytesOfKeysAreNotTooMuchForASmallHeap() throws Exception {
        var keys = IntStream.range(0, 100)
                .mapToObj(i -> new KeyConfig("key-" + i, "group-" + i, 1, "fp-" + i, "sk-" + "x".repeat(120) + i))
                .toList();
        var pools = new ArrayList<>(config().pools());
        for (int i = 0; i < 250; i++) {
            pools.add(new PoolConfig(
                    "team-a",
                    "p" + i,
                    "OpenAI",
                    "https://api" + i + ".test/v1",
                    null,
                    keys,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        var large = new SidecarConfig(SidecarConfig.VERSION, null, null, config().routes(), pools);
        assertThat(new ConfigCodec().write(large).length).isGreaterThan(5_000_000);
        try (var operator = new FakeOperator(vertx, "127.0.0.1", 0, "local")) {
            operator.greet(stream -> stream.send(operator.config(config())));
            environment.put("FAIRLEAD_CONFIG_ADDRESS", "localhost:" + operator.port());
            var running = start("64m");
            await().atMost(LONG).until(() -> operator.acks().size() == 1);
            operator.streams().get(0).send(operator.config(large));
            await().atMost(LONG).until(() -> operator.acks().size() == 2);
            assertThat(operator.acks().get(1)).matches(Ack::applied, "applied");
            assertThat(client.send(call(running.port("data")), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aVariableThatIsMissingIsOneLineAndExitCode2() throws Exception {
        environment.remove("FAIRLEAD_STATE_DIR");
        var running = start();
        assertThat(running.exit()).isEqualTo(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(running.log())
                        .containsExactly("fairlead: FAIRLEAD_STATE_DIR is not set: injection writes it into the pod"));
    }

    @Test
    void anUnknownLogLevelIsOneLineAndExitCode2() throws Exception {
        environment.put("FAIRLEAD_LOG", "loud");
        var running = start();
        assertThat(running.exit()).isEqualTo(2);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(running.log())
                        .containsExactly("fairlead: FAIRLEAD_LOG is 'loud': expected debug, info, warn or error"));
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCode1() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("FAIRLEAD_DATA_PORT", String.valueOf(taken.getLocalPort()));
            var running = start();
            assertThat(running.exit()).isEqualTo(1);
            await().atMost(LONG).until(() -> running.said("fairlead: cannot start: cannot listen: "));
        }
    }
}
