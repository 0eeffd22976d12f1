package dev.fairlead.operator.serve;

import static dev.fairlead.operator.serve.FakeCluster.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowSidecarsTest {
    private static final int FIVE_MEGABYTES = 5 << 20;

    @Test
    void fiveMegabytesOfConfigurationArriveWhole() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "a-1");
            var big = "x".repeat(FIVE_MEGABYTES);
            rig.cluster.rollOut("team-a", "app", snapshot("big", "\"" + big + "\""));
            try (var stream = rig.stream("token-a-1")) {
                stream.status();
                var config = stream.frame("config");
                assertThat(config.path("hash").asText()).isEqualTo("big");
                assertThat(config.path("config").asText()).isEqualTo(big);
                assertThat(stream.any().path("type").asText()).isEqualTo("ping");
            }
        }
    }

    @Test
    void aSidecarThatDoesNotReadGetsOnlyTheLatestAndHoldsUpNobody() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "slow");
            rig.pod("team-a", "app", "fast");
            rig.cluster.rollOut("team-a", "app", big(0));
            try (var slow = slowStream(rig);
                    var fast = rig.stream("token-fast")) {
                fast.status();
                for (int i = 1; i <= 20; i++) {
                    assertThat(fast.frame("config").path("hash").asText()).isEqualTo("h" + (i - 1));
                    rig.cluster.rollOut("team-a", "app", big(i));
                }
                assertThat(fast.frame("config").path("hash").asText()).isEqualTo("h20");
                assertThat(rig.server.figures().bytesSent())
                        .as("what went to the one that reads, and the one that was on its way to the other")
                        .isLessThan(22L * FIVE_MEGABYTES + 1_000_000);
                assertThat(rig.server.figures().snapshotsSent()).isEqualTo(21);
                slow.status();
                assertThat(slow.frame("config").path("hash").asText()).isEqualTo("h0");
                assertThat(slow.frame("config").path("hash").asText())
                        .as("nothing between what was on its way and the latest")
                        .isEqualTo("h20");
                assertThat(rig.server.figures().snapshotsSent()).isEqualTo(23);
            }
        }
    }

    @Test
    void aSidecarThatReadsNothingForTooLongIsCut() throws Exception {
        try (var rig = new ServeRig(new Settings().stall(Duration.ofMillis(500)))) {
            rig.pod("team-a", "app", "slow");
            rig.cluster.rollOut("team-a", "app", big(0));
            try (var slow = slowStream(rig)) {
                rig.awaitAck("disconnected uid-slow");
                assertThat(rig.server.figures().stalledStreams()).isEqualTo(1);
                assertThat(rig.server.figures().openStreams()).isZero();
                assertThat(slow.closed()).isTrue();
            }
        }
    }

    @Test
    void aDeletedPodThatDoesNotReadIsCutAtOnce() throws Exception {
        try (var rig = new ServeRig()) {
            rig.pod("team-a", "app", "slow");
            rig.cluster.rollOut("team-a", "app", big(0));
            try (var slow = slowStream(rig)) {
                rig.cluster.delete("uid-slow");
                rig.awaitAck("disconnected uid-slow");
                assertThat(slow.closed()).isTrue();
                assertThat(rig.server.figures().snapshotsSent()).isZero();
            }
        }
    }

    /** A stream on which the server has begun to write and cannot go on. */
    private static RawClient slowStream(ServeRig rig) throws Exception {
        var client = RawClient.connect(RawClient.trusting(rig.material), rig.port(), 8 * 1024);
        client.get("/v1/config", "token-slow");
        rig.awaitAck("connected uid-slow");
        await().atMost(Duration.ofSeconds(30)).during(Duration.ofMillis(300)).until(new Settled(rig)::settled);
        return client;
    }

    private static final class Settled {
        private final ServeRig rig;
        private long before = -1;

        Settled(ServeRig rig) {
            this.rig = rig;
        }

        boolean settled() {
            long now = rig.server.figures().bytesSent();
            boolean same = now == before && now > 100;
            before = now;
            return same;
        }
    }

    private static dev.fairlead.operator.rollout.Snapshot big(int number) {
        return snapshot("h" + number, "\"" + "x".repeat(FIVE_MEGABYTES) + "\"");
    }
}
