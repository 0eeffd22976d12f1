package dev.fairlead.operator.serve;

import static dev.fairlead.operator.serve.FakeCluster.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of bodies before it is known who sends them, and of those that never end. */
class UnreadBodiesTest {
    private static final int MEBI = 1 << 20;

    private static String head(String path, String token, int length) {
        return "POST " + path + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + token + "\r\ncontent-length: "
                + length + "\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/acks", "/v1/fleet"})
    void whoIsNotKnownIsRefusedWithoutItsBody(String path) throws Exception {
        try (var rig = new ServeRig();
                var stranger = rig.client()) {
            stranger.send(head(path, "forged", MEBI)).answer();
            assertThat(stranger.lastStatus()).isEqualTo(401);
            assertThat(stranger.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/acks", "/v1/fleet"})
    void whileItIsNotKnownWhoSendsWhatIsSentStaysWithItsSender(String path) throws Exception {
        try (var rig = new ServeRig();
                var stranger = rig.client()) {
            rig.tokens.stick();
            stranger.send(head(path, "unknown", 128 * MEBI));
            var sent = CompletableFuture.supplyAsync(() -> send(stranger, 128)).get(60, TimeUnit.SECONDS);
            assertThat(sent)
                    .as("MiB that went out until the connection was cut")
                    .isLessThan(64);
        }
    }

    /** How many MiB of as many went out before the connection was cut. */
    private static int send(RawClient client, int most) {
        var mebi = "x".repeat(MEBI);
        for (int sent = 0; sent < most; sent++) {
            try {
                client.send(mebi);
            } catch (IOException e) {
                return sent;
            }
        }
        return most;
    }

    @Test
    void aPodThatBeginsPostAfterPostIsHeldToAFewAndItsNextIsReadWhenTheyAreOver() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                var report =
                        "{\"stream\":\"" + stream.frame("hello").path("stream").asText() + "\"}";
                var unfinished = new ArrayList<RawClient>();
                for (int i = 0; i < 4; i++) {
                    unfinished.add(rig.client()
                            .send(head("/v1/fleet", "token-a-1", MEBI))
                            .send("x".repeat(MEBI - 1)));
                }
                // Two of them fill what the pod may have, but for less than a report.
                await().atMost(30, TimeUnit.SECONDS).until(() -> status(rig, report) == 429);
                assertThat(rig.server.figures().refused()).containsKey("too_many_posts");
                for (var each : unfinished) {
                    each.close();
                }
                await().atMost(30, TimeUnit.SECONDS).until(() -> status(rig, report) == 503);
                assertThat(rig.server.figures().refused()).containsKey("no_leader");
            }
        }
    }

    private static int status(ServeRig rig, String report) throws Exception {
        try (var client = rig.client()) {
            return client.post("/v1/fleet", "token-a-1", report).status();
        }
    }

    @Test
    void whatIsOnItsWayIsBoundedForEachPodAndOverAll() {
        var bodies = new Bodies();
        assertThat(bodies.enter("one", (int) Bodies.MOST_OF_POD)).isTrue();
        assertThat(bodies.enter("one", 1)).isFalse();
        bodies.leave("one", 1);
        assertThat(bodies.enter("one", 1)).isTrue();
        int others = 0;
        while (bodies.enter("other-" + others, MEBI)) {
            others++;
        }
        assertThat(bodies.held()).isEqualTo(Bodies.MOST);
        bodies.leave("one", (int) Bodies.MOST_OF_POD);
        assertThat(bodies.enter("late", MEBI)).isTrue();
    }
}
