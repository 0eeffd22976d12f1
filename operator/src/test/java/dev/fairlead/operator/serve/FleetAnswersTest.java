package dev.fairlead.operator.serve;

import static dev.fairlead.operator.serve.FakeCluster.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FleetAnswersTest {
    @Test
    void aReportThatNobodyAnswersIsToldSoInTimeAndTheConnectionServesTheNext() throws Exception {
        var late = new CompletableFuture<FleetReply>();
        try (var rig = new ServeRig()) {
            rig.desk = (pod, report) -> late;
            told503ThenAnswered(rig, late);
        }
    }

    @Test
    void aDeskThatFailsIsAsGoodAsOneThatDoesNotAnswer() throws Exception {
        try (var rig = new ServeRig()) {
            rig.desk = (pod, report) -> CompletableFuture.failedFuture(new IllegalStateException("no desk"));
            told503ThenAnswered(rig, new CompletableFuture<>());
        }
    }

    @Test
    void aDeskThatThrowsIsAsGoodAsOneThatDoesNotAnswer() throws Exception {
        try (var rig = new ServeRig()) {
            rig.desk = (pod, report) -> {
                throw new IllegalStateException("no desk");
            };
            told503ThenAnswered(rig, new CompletableFuture<>());
        }
    }

    private static FleetReply answered(String json) {
        return new FleetReply.Answered(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aReportThatIsNoneIsABadRequestThatSaysWhy() throws Exception {
        try (var rig = new ServeRig()) {
            rig.desk = (pod, report) -> CompletableFuture.completedFuture(
                    new FleetReply.Malformed("pools[0].pool: expected text, got null"));
            rig.pod("team-a", "app", "a-1");
            rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
            try (var stream = rig.stream("token-a-1");
                    var poster = rig.client()) {
                stream.status();
                var id = stream.frame("hello").path("stream").asText();
                var refused = poster.post("/v1/fleet", "token-a-1", "{\"stream\":\"" + id + "\"}")
                        .answer();
                assertThat(poster.lastStatus()).isEqualTo(400);
                assertThat(refused.path("error").path("code").asText()).isEqualTo("bad_report");
                assertThat(refused.path("error").path("message").asText())
                        .isEqualTo("pools[0].pool: expected text, got null");
            }
        }
    }

    private static void told503ThenAnswered(ServeRig rig, CompletableFuture<FleetReply> late) throws Exception {
        rig.pod("team-a", "app", "a-1");
        rig.cluster.rollOut("team-a", "app", snapshot("h1", "1"));
        try (var stream = rig.stream("token-a-1");
                var poster = rig.client()) {
            stream.status();
            var report = "{\"stream\":\"" + stream.frame("hello").path("stream").asText() + "\"}";
            var refused = poster.post("/v1/fleet", "token-a-1", report).answer();
            assertThat(poster.lastStatus()).isEqualTo(503);
            assertThat(refused.path("error").path("code").asText()).isEqualTo("no_leader");
            late.complete(answered("{\"late\":true}"));
            rig.desk = (pod, body) -> CompletableFuture.completedFuture(answered("{\"next\":true}"));
            var answered = poster.post("/v1/fleet", "token-a-1", report).answer();
            assertThat(poster.lastStatus()).isEqualTo(200);
            assertThat(answered.path("next").asBoolean()).isTrue();
        }
    }
}
