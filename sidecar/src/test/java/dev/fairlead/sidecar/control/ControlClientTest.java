package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.http.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against an operator over real TLS. */
class ControlClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final List<SidecarConfig> applied = new CopyOnWriteArrayList<>();
    private final List<ControlClient> clients = new CopyOnWriteArrayList<>();
    private final List<FakeOperator> operators = new CopyOnWriteArrayList<>();
    private volatile List<String> resolved = List.of("127.0.0.1");

    @TempDir
    private Path folder;

    @BeforeEach
    void token() throws IOException {
        Files.writeString(folder.resolve("token"), "token-1");
    }

    @AfterEach
    void close() {
        clients.forEach(ControlClient::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private FakeOperator operator(String address, int port, String leaf) throws IOException {
        var operator = new FakeOperator(vertx, address, port, leaf);
        operators.add(operator);
        return operator;
    }

    private ControlClient client(int port, String ca) {
        var settings = new ControlSettings(
                TestCertificates.HOST,
                port,
                TestCertificates.get().pem(ca),
                folder.resolve("token"),
                folder,
                "127.0.0.1",
                0,
                0,
                0,
                null,
                null);
        var loop = new VertxLoop(((VertxInternal) vertx).createEventLoopContext());
        var client = new ControlClient(
                settings, vertx, loop, new ConfigCodec(), applied::add, new FleetPoolsInHand(), host -> {
                    assertThat(host).isEqualTo(TestCertificates.HOST);
                    return resolved.stream().map(ControlClientTest::address).toList();
                });
        clients.add(client);
        client.restore();
        client.start();
        return client;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SidecarConfig config(String namespace) {
        return new SidecarConfig(
                SidecarConfig.VERSION,
                new WorkloadConfig(namespace, "Deployment/app", "default", "tenant"),
                null,
                List.of(),
                List.of());
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(LONG).untilAsserted(assertion);
    }

    @Test
    void theAddressIsDialledTheNameIsAskedForAndConfigurationsAreAppliedAndAcknowledged() throws IOException {
        var operator = operator("127.0.0.1", 0, "leaf1");
        operator.greet(stream -> stream.send(operator.config(config("team-a"))));
        client(operator.port(), "ca1");
        eventually(() -> assertThat(operator.acks()).hasSize(1));
        assertThat(operator.names()).containsExactly(TestCertificates.HOST);
        assertThat(operator.latest().token()).isEqualTo("Bearer token-1");
        assertThat(applied).containsExactly(config("team-a"));
        var hash = new ConfigCodec().hash(config("team-a"));
        assertThat(operator.acks()).containsExactly(new Ack("stream-1", hash, true, null, null));

        operator.latest().send(new Frame.Ping());
        operator.latest().send(operator.config(config("team-b")));
        eventually(() -> assertThat(operator.acks()).hasSize(2));
        assertThat(applied).containsExactly(config("team-a"), config("team-b"));
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        var imitator = operator("127.0.0.1", 0, "other");
        var port = imitator.port();
        client(port, "ca1");
        await().during(Duration.ofSeconds(1))
                .atMost(LONG)
                .until(() -> imitator.streams().isEmpty());
        imitator.close();
        var operator = operator("127.0.0.1", port, "leaf1");
        eventually(() -> assertThat(operator.streams()).hasSize(1));
    }

    @Test
    void aCertificateOfAnAuthorityThatIsNotOursIsRefused() throws IOException {
        var operator = operator("127.0.0.1", 0, "leaf2");
        client(operator.port(), "ca1");
        await().during(Duration.ofSeconds(1))
                .atMost(LONG)
                .until(() -> operator.streams().isEmpty());
        operator.show("leaf1");
        eventually(() -> assertThat(operator.streams()).hasSize(1));
    }

    @Test
    void theAuthorityRollsOverOnTheStreamAndARestartRemembersIt() throws IOException {
        var operator = operator("127.0.0.1", 0, "leaf1");
        var both = TestCertificates.get().pem("ca1") + TestCertificates.get().pem("ca2");
        operator.greet(stream -> stream.send(new Frame.Trust(both)));
        var first = client(operator.port(), "ca1");
        eventually(() -> assertThat(folder.resolve("ca.pem")).hasContent(both));

        operator.show("leaf2");
        // The acknowledgement needs a connection of its own, already to a leaf of the new authority.
        operator.latest().send(operator.config(config("team-a")));
        eventually(() -> assertThat(operator.acks()).hasSize(1));
        operator.latest().send(new Frame.Bye("rotation"));
        eventually(() -> assertThat(operator.streams()).hasSize(2));
        first.close();

        client(operator.port(), "ca1");
        eventually(() -> assertThat(operator.streams()).hasSize(3));
        assertThat(applied).as("restored and the same again").hasSize(2);
    }

    @Test
    void aPodThatIsNewerThanTheStoredAuthorityUnderstandsTheOperatorToo() throws IOException {
        new LastKnownGood(folder).keepAuthorities(TestCertificates.get().pem("ca1"));
        var operator = operator("127.0.0.1", 0, "leaf2");
        client(operator.port(), "ca2");
        eventually(() -> assertThat(operator.streams()).hasSize(1));
    }

    @Test
    void whenAnOperatorPodGoesTheOtherIsFoundAndWithItTheNews() throws IOException {
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var one = operator("127.0.0.2", port, "leaf1");
        var two = operator("127.0.0.3", port, "leaf1");
        resolved = List.of("127.0.0.2", "127.0.0.3");
        operators.forEach(operator -> operator.greet(stream -> stream.send(operator.config(config("team-a")))));
        client(port, "ca1");
        eventually(() -> assertThat(one.acks().size() + two.acks().size()).isEqualTo(1));
        var used = one.acks().isEmpty() ? two : one;
        var other = used == one ? two : one;
        other.greet(stream -> stream.send(other.config(config("team-b"))));
        Files.writeString(folder.resolve("token"), "token-2");
        used.close();
        eventually(() -> assertThat(other.acks()).hasSize(1));
        assertThat(other.latest().token()).isEqualTo("Bearer token-2");
        assertThat(applied).containsExactly(config("team-a"), config("team-b"));
    }

    @Test
    void aRefusalIsAcceptedUntilItIsTakenBack() throws IOException {
        var operator = operator("127.0.0.1", 0, "leaf1");
        var asked = new CopyOnWriteArrayList<String>();
        operator.refuse(request -> {
            asked.add(request.path());
            request.response()
                    .setStatusCode(503)
                    .putHeader("retry-after", "1")
                    .end("{\"error\":{\"code\":\"not_synced\",\"message\":\"wait\"}}");
        });
        client(operator.port(), "ca1");
        eventually(() -> assertThat(asked).hasSizeGreaterThanOrEqualTo(2));
        operator.refuse(null);
        eventually(() -> assertThat(operator.streams()).hasSize(1));
    }

    @Test
    void fiveMegabytesOfConfigurationAreTakenAndKept() throws IOException {
        var pools = IntStream.range(0, 50)
                .mapToObj(i -> new PoolConfig(
                        "team-a",
                        "p" + i,
                        "OpenAI",
                        "https://api.test/" + "x".repeat(100_000),
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList();
        var large = new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(), pools);
        var operator = operator("127.0.0.1", 0, "leaf1");
        operator.greet(stream -> stream.send(operator.config(large)));
        client(operator.port(), "ca1");
        eventually(() -> assertThat(operator.acks()).hasSize(1));
        assertThat(operator.acks().get(0)).matches(Ack::applied);
        assertThat(applied).containsExactly(large);
        eventually(() -> assertThat(folder.resolve("config.json")).exists());
        assertThat(Files.size(folder.resolve("config.json"))).isGreaterThan(5_000_000);
    }
}
