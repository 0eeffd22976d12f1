package dev.fairlead.operator.serve;

import static dev.fairlead.operator.serve.FakeCluster.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Authentication.Unavailable;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedStreamsTest {
    @Test
    void withoutATokenThereIsNothing() throws Exception {
        try (var rig = ready()) {
            assertRefused(rig, null, 401, "token_missing");
            try (var client = rig.client()) {
                client.send("GET /v1/config HTTP/1.1\r\nhost: x\r\nauthorization: Basic abc\r\n\r\n");
                assertThat(client.status()).isEqualTo(401);
            }
        }
    }

    @Test
    void aTokenThatTheApiServerDoesNotAcceptIsRefused() throws Exception {
        try (var rig = ready()) {
            assertRefused(rig, "unknown", 401, "token_invalid");
            rig.tokens.knows("other", new Refused("token_audience", "not for us"));
            assertRefused(rig, "other", 401, "token_audience");
        }
    }

    @Test
    void whileNobodyCanReviewTokensSidecarsAreToldToComeAgain() throws Exception {
        try (var rig = ready()) {
            rig.tokens.knows("token", new Unavailable("no API server"));
            assertRefused(rig, "token", 503, "review_unavailable");
        }
    }

    @Test
    void beforeTheClusterHasBeenReadSidecarsAreToldToComeAgain() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            assertRefused(rig, "token-a-1", 503, "not_synced");
            assertThat(rig.tokens.reviews()).isZero();
        }
    }

    @Test
    void aTokenThatIsBoundToNoPodIsRefused() throws Exception {
        try (var rig = ready()) {
            rig.tokens.knows("token", new Authenticated("team-a", "sa-app", "", ""));
            assertRefused(rig, "token", 403, "pod_not_bound");
        }
    }

    @Test
    void aPodThatTheClusterDoesNotHaveIsRefused() throws Exception {
        try (var rig = ready()) {
            rig.cluster.delete("uid-a-1");
            assertRefused(rig, "token-a-1", 403, "pod_unknown");
        }
    }

    @Test
    void aPodOfAnotherNamespaceNameOrAccountIsRefused() throws Exception {
        try (var rig = ready()) {
            rig.tokens.knows("n", new Authenticated("team-b", "sa-app", "a-1", "uid-a-1"));
            rig.tokens.knows("p", new Authenticated("team-a", "sa-app", "a-2", "uid-a-1"));
            rig.tokens.knows("s", new Authenticated("team-a", "default", "a-1", "uid-a-1"));
            assertRefused(rig, "n", 403, "pod_mismatch");
            assertRefused(rig, "p", 403, "pod_mismatch");
            assertRefused(rig, "s", 403, "pod_mismatch");
        }
    }

    @Test
    void aPodThatIsDeletedEndedOrNotAsInjectedIsRefused() throws Exception {
        try (var rig = ready()) {
            var pod = FakeCluster.pod("team-a", "app", "a-1");
            rig.cluster.put(new PodBuilder(pod)
                    .editMetadata()
                    .withDeletionTimestamp("2026-01-01T00:00:00Z")
                    .endMetadata()
                    .build());
            assertRefused(rig, "token-a-1", 403, "pod_deleting");
            rig.cluster.put(new PodBuilder(pod)
                    .editStatus()
                    .withPhase("Failed")
                    .endStatus()
                    .build());
            assertRefused(rig, "token-a-1", 403, "pod_finished");
            rig.cluster.put(new PodBuilder(pod)
                    .editMetadata()
                    .addToAnnotations("objection", "its command is another")
                    .endMetadata()
                    .build());
            assertRefused(rig, "token-a-1", 403, "pod_not_as_injected");
            assertThat(rig.server.figures().refused()).containsEntry("pod_finished", 1L);
            assertThat(rig.acks.lines).isEmpty();
        }
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        try (var rig = ready();
                var one = rig.client();
                var two = rig.client();
                var three = rig.client()) {
            assertThat(one.get("/v2/config", "t").status()).isEqualTo(404);
            assertThat(two.post("/v1/config", "t", "").status()).isEqualTo(405);
            assertThat(three.get("/v1/acks", "t").status()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "{\"type\":\"hello\"}\r\n\r\n",
                "GET /v1/config\r\n\r\n",
                "G E T / HTTP/1.1\r\n\r\n"
            })
    void garbageGetsABadRequestAndTheConnectionEnds(String garbage) throws Exception {
        try (var rig = ready();
                var client = rig.client()) {
            assertThat(client.send(garbage).status()).isEqualTo(400);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void anEndlessHeaderIsRefused() throws Exception {
        try (var rig = ready();
                var client = rig.client()) {
            client.send("GET /v1/config HTTP/1.1\r\nx: " + "y".repeat(20_000) + "\r\n\r\n");
            assertThat(client.status()).isEqualTo(400);
        }
    }

    @Test
    void whoSendsNoRequestInTimeIsClosed() throws Exception {
        try (var rig = new ServeRig(new Settings().request(Duration.ofMillis(500)));
                var silent = rig.client();
                var slow = rig.client().send("GET /v1/con")) {
            assertThat(silent.closed()).isTrue();
            assertThat(slow.closed()).isTrue();
        }
    }

    @Test
    void whoSendsNoBodyInTimeIsToldSo() throws Exception {
        try (var rig = new ServeRig(new Settings().request(Duration.ofMillis(500)));
                var poster = rig.client()) {
            rig.pod("team-a", "app", "a-1");
            poster.send("POST /v1/acks HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-a-1\r\n"
                    + "content-length: 10\r\n\r\nabc");
            assertThat(poster.status()).isEqualTo(408);
        }
    }

    @Test
    void aClientThatOpensAThousandStreamsDisturbsNobody() throws Exception {
        try (var rig = ready()) {
            rig.pod("team-a", "app", "a-2");
            try (var other = rig.stream("token-a-2")) {
                other.status();
                other.frame("config");
                var greedy = new ArrayList<RawClient>();
                int refused = 0;
                for (int i = 0; i < 1_000; i++) {
                    var stream = rig.stream("token-a-1");
                    greedy.add(stream);
                    refused += stream.status() == 429 ? 1 : 0;
                }
                assertThat(refused).isGreaterThanOrEqualTo(980);
                assertThat(rig.tokens.reviews()).isLessThan(30);
                assertThat(rig.server.figures().openStreams()).isEqualTo(2);
                assertThat(greedy.get(999).header("retry-after")).isNotNull();
                rig.cluster.rollOut("team-a", "app", snapshot("h2", "2"));
                assertThat(other.frame().path("hash").asText()).isEqualTo("h2");
                rig.pod("team-a", "app", "a-3");
                try (var third = rig.stream("token-a-3")) {
                    assertThat(third.status()).isEqualTo(200);
                }
                for (var stream : greedy) {
                    stream.close();
                }
            }
        }
    }

    @Test
    void aPodWithEverNewTokensIsStoppedToo() throws Exception {
        try (var rig = ready()) {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                rig.tokens.knows("fresh-" + i, new Authenticated("team-a", "sa-app", "a-1", "uid-a-1"));
                try (var stream = rig.stream("fresh-" + i)) {
                    refused += stream.status() == 429 ? 1 : 0;
                }
            }
            assertThat(refused).isEqualTo(10);
        }
    }

    @Test
    void anAddressThatTriesTokenAfterTokenIsNoLongerReviewed() throws Exception {
        try (var rig = ready()) {
            int last = 0;
            for (int i = 0; i < 50; i++) {
                try (var stream = rig.stream("guess-" + i)) {
                    last = stream.status();
                }
            }
            assertThat(last).isEqualTo(429);
            assertThat(rig.tokens.reviews()).isLessThan(45);
        }
    }

    @Test
    void aFullServerSaysSoButAPodMayReplaceItsOwnStream() throws Exception {
        try (var rig = new ServeRig(new Settings().maxStreams(1))) {
            rig.pod("team-a", "app", "a-1");
            rig.pod("team-a", "app", "a-2");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var first = rig.stream("token-a-1")) {
                first.status();
                first.frame("config");
                assertRefused(rig, "token-a-2", 429, "too_many_streams");
                try (var again = rig.stream("token-a-1")) {
                    assertThat(again.status()).isEqualTo(200);
                }
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rig.server.figures().openStreams() == 0);
        }
    }

    private static ServeRig ready() throws Exception {
        var rig = new ServeRig();
        rig.pod("team-a", "app", "a-1");
        rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
        return rig;
    }

    private static void assertRefused(ServeRig rig, String token, int status, String code) throws Exception {
        try (var client = rig.client().get("/v1/config", token)) {
            var answer = client.answer();
            assertThat(client.lastStatus()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.path("error").path("code").asText()).isEqualTo(code);
            assertThat(answer.path("error").path("message").asText()).isNotEmpty();
            if (status == 503 || status == 429) {
                assertThat(client.header("retry-after")).isNotNull();
            }
            assertThat(client.closed()).isTrue();
        }
    }
}
