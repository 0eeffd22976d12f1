package dev.fairlead.operator.serve;

import static dev.fairlead.operator.serve.FakeCluster.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.serve.Authentication.Authenticated;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {
    @Test
    void anAppliedConfigurationIsReportedWithoutAnotherReview() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            int reviews = rig.tokens.reviews();
            assertThat(poster.post("/v1/acks", "token-a-1", applied(stream, "h1"))
                            .status())
                    .isEqualTo(204);
            assertThat(rig.acks.lines).containsExactly("connected uid-a-1", "acked uid-a-1 h1");
            assertThat(rig.tokens.reviews()).isEqualTo(reviews);
            assertThat(rig.server.figures().acks()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConfigurationIsReportedInWordsThatAreCleanAndShort() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            var body = "{\"stream\":\"" + stream.id
                    + "\",\"hash\":\"h1\",\"applied\":false,\"path\":\"pools[0].x\\u001b[31m\","
                    + "\"message\":\"line\\nbreak\\u202e" + "m".repeat(5_000) + "\"}";
            assertThat(poster.post("/v1/acks", "token-a-1", body).status()).isEqualTo(204);
            assertThat(rig.acks.lines)
                    .last()
                    .asString()
                    .isEqualTo("nacked uid-a-1 h1 pools[0].x [31m: line break" + "m".repeat(2048 - 10));
            assertThat(rig.server.figures().nacks()).isEqualTo(1);
        }
    }

    @Test
    void aHashThatWasNeverSentIsIgnored() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            var answer =
                    poster.post("/v1/acks", "token-a-1", applied(stream, "h0")).answer();
            assertThat(poster.lastStatus()).isEqualTo(409);
            assertThat(answer.path("error").path("code").asText()).isEqualTo("ack_stale");
            assertThat(rig.acks.lines).containsExactly("connected uid-a-1");
            assertThat(rig.server.figures().staleAcks()).isEqualTo(1);
            assertThat(poster.post("/v1/acks", "token-a-1", applied(stream, "h1"))
                            .status())
                    .as("on the same connection")
                    .isEqualTo(204);
        }
    }

    @Test
    void aHashThatWasSentToAnotherPodOnlyIsIgnored() throws Exception {
        try (var rig = new ServeRig();
                var a = open(rig, "a-1")) {
            rig.pod("team-b", "app", "b-1");
            rig.cluster.rollOut("team-b", "app", snapshot("of-b", "1"));
            try (var b = rig.stream("token-b-1");
                    var poster = rig.client()) {
                b.status();
                b.frame("config");
                assertThat(poster.post("/v1/acks", "token-a-1", applied(a, "of-b"))
                                .status())
                        .isEqualTo(409);
            }
        }
    }

    @Test
    void nobodySpeaksOnTheStreamOfAnotherPod() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            rig.pod("team-a", "app", "a-2");
            poster.post("/v1/acks", "token-a-2", applied(stream, "h1")).answer();
            assertThat(poster.lastStatus()).isEqualTo(409);
            assertThat(rig.acks.lines).containsExactly("connected uid-a-1");
            assertThat(rig.server.figures().staleAcks()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatIsNotOpenIsUnknown() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            try (var poster = rig.client()) {
                poster.post("/v1/acks", "token-a-1", "{\"stream\":\"s\",\"hash\":\"h\",\"applied\":true}")
                        .answer();
                assertThat(poster.lastStatus()).isEqualTo(409);
            }
        }
    }

    @Test
    void aRenewedTokenOfTheSamePodIsReviewedOnce() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            rig.tokens.knows("renewed", new Authenticated("team-a", "sa-app", "a-1", "uid-a-1"));
            int reviews = rig.tokens.reviews();
            for (int i = 0; i < 3; i++) {
                assertThat(poster.post("/v1/acks", "renewed", applied(stream, "h1"))
                                .status())
                        .isEqualTo(204);
            }
            assertThat(rig.tokens.reviews()).isEqualTo(reviews + 1);
        }
    }

    @Test
    void aTokenThatIsNoGoodAcknowledgesNothing() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            poster.post("/v1/acks", "forged", applied(stream, "h1")).answer();
            assertThat(poster.lastStatus()).isEqualTo(401);
            assertThat(poster.closed()).isTrue();
            assertThat(rig.acks.lines).containsExactly("connected uid-a-1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"stream\":\"s\",\"hash\":\"h\"}",
                "{\"stream\":\"s\",\"hash\":1,\"applied\":true}",
                "{\"stream\":\"\",\"hash\":\"h\",\"applied\":true}",
                "{\"stream\":\"s\",\"hash\":\"h\",\"applied\":\"yes\"}",
                "{\"stream\":\"s\",\"hash\":\"h\",\"applied\":true} more",
                "\u0000\u0001"
            })
    void whatIsNoAcknowledgementIsABadRequest(String body) throws Exception {
        try (var rig = new ServeRig();
                var poster = rig.client()) {
            rig.pod("team-a", "app", "a-1");
            var answer = poster.post("/v1/acks", "token-a-1", body).answer();
            assertThat(poster.lastStatus()).isEqualTo(400);
            assertThat(answer.path("error").path("code").asText()).isEqualTo("bad_ack");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        try (var rig = new ServeRig();
                var poster = rig.client()) {
            rig.pod("team-a", "app", "a-1");
            poster.post("/v1/acks", "token-a-1", "x".repeat(64 * 1024 + 1)).answer();
            assertThat(poster.lastStatus()).isEqualTo(413);
        }
    }

    @Test
    void aPodThatAcknowledgesWithoutEndIsSlowedDown() throws Exception {
        try (var rig = new ServeRig();
                var stream = open(rig, "a-1");
                var poster = rig.client()) {
            int refused = 0;
            for (int i = 0; i < 300; i++) {
                poster.post("/v1/acks", "token-a-1", applied(stream, "h1"));
            }
            for (int i = 0; i < 300; i++) {
                poster.answer();
                refused += poster.lastStatus() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            assertThat(rig.server.figures().acks()).isEqualTo(300 - refused);
        }
    }

    private record Opened(RawClient client, String id) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    private static Opened open(ServeRig rig, String name) throws Exception {
        rig.pod("team-a", "app", name);
        rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
        var client = rig.stream("token-" + name);
        client.status();
        var id = client.frame("hello").path("stream").asText();
        client.frame("config");
        return new Opened(client, id);
    }

    private static String applied(Opened stream, String hash) {
        return "{\"stream\":\"" + stream.id + "\",\"hash\":\"" + hash + "\",\"applied\":true}";
    }
}
