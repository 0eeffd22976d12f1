package dev.fairlead.operator.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.operator.rollout.Snapshot;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.control.ControlClient;
import dev.fairlead.sidecar.control.ControlSettings;
import dev.fairlead.sidecar.http.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client of a sidecar at the real server. */
class BothEndsTest {
    @TempDir
    Path folder;

    private final ConfigCodec codec = new ConfigCodec();
    private final List<String> applied = new CopyOnWriteArrayList<>();

    @Test
    void aSidecarAppliesWhatItIsSentAndSaysSoOverACertificatesChangeToo() throws Exception {
        var vertx = Vertx.vertx();
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("first"));
            try (var client = client(rig, vertx)) {
                client.start();
                rig.awaitAck("acked uid-a-1 " + hash("first"));
                var next = Certificates.issue("second");
                rig.trust.set(next);
                rig.cluster.rollOut("team-a", "app", snapshot("second"));
                // This acknowledgement may need a new connection, which serves the new certificate.
                rig.awaitAck("acked uid-a-1 " + hash("second"));
                rig.cluster.rollOut("team-a", "app", snapshot("bad"));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> rig.acks.lines.stream()
                                .anyMatch(
                                        line -> line.startsWith("nacked uid-a-1 " + hash("bad") + " workload.name: ")));
                assertThat(applied).containsExactly("first", "second");
                assertThat(rig.server.figures().staleAcks()).isZero();
            }
            rig.awaitAck("disconnected uid-a-1");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private final OnePool pools = new OnePool();

    private ControlClient client(ServeRig rig, Vertx vertx) throws Exception {
        var settings = new ControlSettings(
                "localhost",
                rig.port(),
                rig.material.caBundle(),
                Files.writeString(folder.resolve("token"), "token-a-1"),
                Files.createDirectory(folder.resolve("state")),
                "127.0.0.1",
                0,
                0,
                0,
                null,
                null);
        var loop = new VertxLoop(((VertxInternal) vertx).createEventLoopContext());
        return new ControlClient(settings, vertx, loop, codec, this::apply, pools);
    }

    private void apply(SidecarConfig config) throws ConfigException {
        if (config.workload().name().equals("bad")) {
            throw new ConfigException("workload.name", "is bad");
        }
        applied.add(config.workload().name());
    }

    @Test
    void aReportIsTakenToWhoeverDividesAndTheAnswerIsPutIntoForce() throws Exception {
        var vertx = Vertx.vertx();
        try (var rig = new ServeRig()) {
            var pods = new CopyOnWriteArrayList<String>();
            rig.desk = (pod, report) -> {
                pods.add(pod + " " + new String(report, StandardCharsets.UTF_8).contains("requestsPerMinute"));
                var answer = "{\"pools\":[{\"pool\":\"ns/pool\",\"shares\":"
                        + "[{\"meter\":\"a/*/requestsPerMinute\",\"share\":20}]}],\"nextInMs\":1000}";
                return CompletableFuture.completedFuture(
                        new FleetReply.Answered(answer.getBytes(StandardCharsets.UTF_8)));
            };
            var pod = FakeCluster.pod("team-a", "app", "a-1");
            rig.cluster.put(pod);
            rig.tokens.knows("token-a-1", pod);
            rig.cluster.rollOut("team-a", "app", snapshot("good"));
            try (var client = client(rig, vertx)) {
                client.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> !pools.applied.isEmpty());
            }
            assertThat(pods.get(0)).isEqualTo("uid-a-1 true");
            assertThat(pools.applied.get(0).shares().get(0).share()).isEqualTo(20);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Snapshot snapshot(String name) {
        return new Snapshot(hash(name), codec.write(config(name)));
    }

    private String hash(String name) {
        return codec.hash(config(name));
    }

    private static SidecarConfig config(String name) {
        return new SidecarConfig(
                SidecarConfig.VERSION,
                new WorkloadConfig("team-a", name, "sa-app", "team-a"),
                null,
                List.of(),
                List.of());
    }
}
