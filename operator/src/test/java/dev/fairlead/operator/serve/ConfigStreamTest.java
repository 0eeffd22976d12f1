package dev.fairlead.operator.serve;

import static dev.fairlead.operator.serve.FakeCluster.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigStreamTest {
    @Test
    void aSidecarIsToldItsStreamItsTrustAndItsConfigurationAndThenEachChange() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "app-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "{\"a\":1}"));
            try (var stream = rig.stream("token-app-1")) {
                assertThat(stream.status()).isEqualTo(200);
                assertThat(stream.header("content-type")).isEqualTo("application/x-ndjson");
                var hello = stream.any();
                assertThat(hello.path("type").asText()).isEqualTo("hello");
                assertThat(hello.path("stream").asText()).hasSize(32);
                assertThat(stream.frame().path("caBundle").asText()).isEqualTo(rig.material.caBundle());
                var config = stream.frame();
                assertThat(config.path("type").asText()).isEqualTo("config");
                assertThat(config.path("hash").asText()).isEqualTo("h1");
                assertThat(config.path("config").toString()).isEqualTo("{\"a\":1}");
                rig.cluster.rollOut("team-a", "app", snapshot("h1", "{\"a\":1}"));
                rig.cluster.rollOut("team-a", "app", snapshot("h2", "{\"a\":2}"));
                assertThat(stream.frame().path("hash").asText())
                        .as("the same content is not sent again")
                        .isEqualTo("h2");
                assertThat(stream.any().path("type").asText()).isEqualTo("ping");
                assertThat(rig.server.figures().openStreams()).isEqualTo(1);
                assertThat(rig.server.figures().snapshotsSent()).isEqualTo(2);
                assertThat(rig.server.figures().bytesSent()).isPositive();
            }
            rig.awaitAck("disconnected uid-app-1");
            assertThat(rig.acks.lines).containsExactly("connected uid-app-1", "disconnected uid-app-1");
            assertThat(rig.server.figures().openStreams()).isZero();
        }
    }

    @Test
    void aWorkloadGetsNothingOfAnother() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.pod("team-b", "app", "b-1");
            rig.cluster.rollOut("team-a", "app", snapshot("ha", "\"of a\""));
            rig.cluster.rollOut("team-b", "app", snapshot("hb", "\"of b\""));
            try (var a = rig.stream("token-a-1");
                    var b = rig.stream("token-b-1")) {
                a.status();
                b.status();
                assertThat(a.frame("config").path("config").asText()).isEqualTo("of a");
                assertThat(b.frame("config").path("config").asText()).isEqualTo("of b");
                rig.cluster.rollOut("team-b", "app", snapshot("hb2", "\"of b, too\""));
                assertThat(b.frame().path("config").asText()).isEqualTo("of b, too");
                rig.cluster.rollOut("team-a", "app", snapshot("ha2", "\"of a, too\""));
                assertThat(a.frame().path("config").asText()).isEqualTo("of a, too");
            }
        }
    }

    @Test
    void aPodThatBecomesAnotherWorkloadGetsWhatThatGets() throws Exception {
        try (var rig = new ServeRig()) {
            var pod = rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            rig.cluster.rollOut("team-a", "other", snapshot("h2", "2"));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                assertThat(stream.frame("config").path("hash").asText()).isEqualTo("h1");
                rig.cluster.put(new PodBuilder(pod)
                        .editMetadata()
                        .addToLabels("app", "other")
                        .endMetadata()
                        .build());
                assertThat(stream.frame("config").path("hash").asText()).isEqualTo("h2");
            }
        }
    }

    @Test
    void aPodThatIsAheadOfItsRolloutWaitsForIt() throws Exception {
        try (var rig = new ServeRig()) {
            rig.cluster.rollOut();
            rig.pod("team-a", "app", "a-1");
            try (var stream = rig.stream("token-a-1")) {
                assertThat(stream.status()).isEqualTo(200);
                stream.frame("trust");
                assertThat(stream.any().path("type").asText()).isEqualTo("ping");
                rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
                assertThat(stream.frame().path("hash").asText()).isEqualTo("h1");
            }
        }
    }

    @Test
    void aPodWhoseRolloutDoesNotComeIsSentAway() throws Exception {
        try (var rig = new ServeRig(new Settings().firstConfig(Duration.ofMillis(300)))) {
            rig.cluster.rollOut();
            rig.pod("team-a", "app", "a-1");
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                assertThat(stream.frame("bye").path("reason").asText()).contains("no configuration");
                assertThat(stream.frame()).isNull();
                assertThat(stream.closed()).isTrue();
            }
        }
    }

    @Test
    void aStreamEndsWhenItHasLivedLongEnough() throws Exception {
        try (var rig = new ServeRig(new Settings().life(Duration.ofMillis(300)))) {
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                assertThat(stream.frame("bye").path("reason").asText()).contains("long enough");
                assertThat(stream.frame()).isNull();
            }
            rig.awaitAck("disconnected uid-a-1");
        }
    }

    @Test
    void aDeletedPodsStreamEndsAtOnce() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                stream.frame("config");
                rig.cluster.delete("uid-a-1");
                assertThat(stream.frame("bye").path("reason").asText()).contains("team-a/a-1", "deleted");
                assertThat(stream.frame()).isNull();
                assertThat(stream.closed()).isTrue();
            }
            rig.awaitAck("disconnected uid-a-1");
        }
    }

    @Test
    void aPodThatHasEndedOrWasTamperedWithLosesItsStream() throws Exception {
        try (var rig = new ServeRig()) {
            var ended = rig.pod("team-a", "app", "a-1");
            var tampered = rig.pod("team-a", "app", "a-2");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var first = rig.stream("token-a-1");
                    var second = rig.stream("token-a-2")) {
                first.status();
                second.status();
                first.frame("config");
                second.frame("config");
                rig.cluster.put(new PodBuilder(ended)
                        .editStatus()
                        .withPhase("Succeeded")
                        .endStatus()
                        .build());
                assertThat(first.frame("bye").path("reason").asText()).contains("Succeeded");
                rig.cluster.put(new PodBuilder(tampered)
                        .editMetadata()
                        .addToAnnotations("objection", "its image is another")
                        .endMetadata()
                        .build());
                assertThat(second.frame("bye").path("reason").asText()).contains("its image is another");
            }
        }
    }

    @Test
    void aPodThatIsBeingDeletedKeepsItsStream() throws Exception {
        try (var rig = new ServeRig()) {
            var pod = rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                stream.frame("config");
                rig.cluster.put(new PodBuilder(pod)
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T00:00:00Z")
                        .endMetadata()
                        .build());
                rig.cluster.rollOut("team-a", "app", snapshot("h2", "2"));
                assertThat(stream.frame().path("hash").asText()).isEqualTo("h2");
            }
        }
    }

    @Test
    void aNewStreamOfTheSamePodReplacesTheOlder() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var first = rig.stream("token-a-1")) {
                first.status();
                first.frame("config");
                try (var second = rig.stream("token-a-1")) {
                    second.status();
                    assertThat(first.frame("bye").path("reason").asText()).contains("replaced");
                    assertThat(second.frame("config").path("hash").asText()).isEqualTo("h1");
                    assertThat(first.closed()).isTrue();
                    rig.cluster.rollOut("team-a", "app", snapshot("h2", "2"));
                    assertThat(second.frame().path("hash").asText()).isEqualTo("h2");
                    assertThat(rig.acks.lines)
                            .containsExactly("connected uid-a-1", "connected uid-a-1", "disconnected uid-a-1");
                    assertThat(rig.server.figures().openStreams()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void certificatesChangeUnderOpenStreams() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.pod("team-a", "app", "a-2");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                stream.frame("config");
                var next = Certificates.issue("second");
                rig.trust.set(next);
                assertThat(stream.frame().path("caBundle").asText()).isEqualTo(next.caBundle());
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThatThrownBy(rig::client)
                                .as("the old CA knows the new certificate no more")
                                .isInstanceOf(IOException.class));
                try (var trusting = RawClient.connect(RawClient.trusting(next), rig.port())) {
                    assertThat(trusting.get("/v1/config", "token-a-2").status()).isEqualTo(200);
                    assertThat(trusting.frame("trust").path("caBundle").asText())
                            .isEqualTo(next.caBundle());
                }
                rig.cluster.rollOut("team-a", "app", snapshot("h2", "2"));
                assertThat(stream.frame().path("hash").asText()).isEqualTo("h2");
            }
        }
    }

    @Test
    void certificatesThatCannotBeUsedChangeNothing() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            rig.trust.set(new dev.fairlead.operator.trust.TrustMaterial(rig.material.caBundle(), "garbage", "garbage"));
            try (var stream = rig.stream("token-a-1")) {
                assertThat(stream.status()).isEqualTo(200);
                stream.frame("config");
            }
        }
    }

    @Test
    void closingSaysGoodbyeToAll() throws Exception {
        try (var rig = new ServeRig()) {
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            var streams = new java.util.ArrayList<RawClient>();
            for (int i = 0; i < 20; i++) {
                rig.pod("team-a", "app", "a-" + i);
                var stream = rig.stream("token-a-" + i);
                stream.status();
                stream.frame("config");
                streams.add(stream);
            }
            int port = rig.port();
            rig.server.close();
            for (var stream : streams) {
                assertThat(stream.frame().path("reason").asText()).contains("shutting down");
                assertThat(stream.frame()).isNull();
                stream.close();
            }
            assertThat(rig.acks.lines.stream().filter(line -> line.startsWith("disconnected")))
                    .hasSize(20);
            assertThatThrownBy(() -> RawClient.connect(RawClient.trusting(rig.material), port))
                    .isInstanceOf(IOException.class);
        }
    }
}
