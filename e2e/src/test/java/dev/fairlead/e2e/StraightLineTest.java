package dev.fairlead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From {@code kubectl apply} to an answered call. */
@ExtendWith(ClusterExtension.class)
@Order(1)
class StraightLineTest {
    private final Cluster cluster;

    StraightLineTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aJobWithAnUnchangedSdkGetsChatStreamAndEmbeddingsAndCompletes() {
        long before = admitted();
        cluster.apply("job.yaml");

        cluster.kubectl("-n", "e2e-team", "wait", "--for=condition=Complete", "job/each-sort", "--timeout=120s");

        var said = cluster.kubectl("-n", "e2e-team", "logs", "job/each-sort", "-c", "app");
        assertThat(said).contains("chat: ", "stream: finished", "embeddings: 2");
        assertThat(admitted()).isGreaterThanOrEqualTo(before + 3);
        var containers = cluster.kubectl(
                "-n",
                "e2e-team",
                "get",
                "pod",
                "-l",
                "job-name=each-sort",
                "-o",
                "jsonpath={..initContainers[*].name}");
        assertThat(containers).isEqualTo("fairlead");
    }

    @Test
    void aDeploymentThatRunsIsAnsweredWithoutAFailure() {
        var first = cluster.calls("e2e-team");
        Eventually.await("200 more answers")
                .until(() -> cluster.calls("e2e-team").answered() > first.answered() + 200);

        assertThat(cluster.calls("e2e-team").failed())
                .as(cluster.calls("e2e-team").lastFailure())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keypool/accounts", "airoute/chat"})
    void whatThePlatformWroteBecomesReady(String object) {
        assertThat(cluster.kubectl("-n", "e2e-platform", "wait", "--for=condition=Ready", object, "--timeout=60s"))
                .contains("condition met");
    }

    @Test
    void whatTheTeamWroteBecomesReady() {
        assertThat(cluster.kubectl("wait", "--for=condition=Ready", "tenant.fairlead.dev/e2e", "--timeout=60s"))
                .contains("condition met");
        assertThat(cluster.kubectl(
                        "-n",
                        "e2e-team",
                        "wait",
                        "--for=condition=Ready",
                        "subscription.fairlead.dev/chat",
                        "--timeout=60s"))
                .contains("condition met");
        assertThat(cluster.kubectl(
                        "-n", "e2e-platform", "wait", "--for=condition=Programmed", "airoute/chat", "--timeout=60s"))
                .contains("condition met");
    }

    @Test
    void oneCommandShowsTheTruthOfAllFourKinds() {
        Eventually.await("sidecars counted")
                .until(() -> !row("airoute.fairlead.dev/chat").contains("0/0"));

        assertThat(row("airoute.fairlead.dev/chat")).startsWith("True", "2", "2", "Subscription");
        assertThat(row("keypool.fairlead.dev/accounts")).startsWith("True", "OpenAICompatible", "2/2");
        assertThat(row("tenant.fairlead.dev/e2e")).startsWith("True", "1");
        assertThat(row("subscription.fairlead.dev/chat")).contains("chat", "True");
    }

    /** The cells after the name. */
    private List<String> row(String name) {
        return cluster.kubectl("get", "fairlead", "-A")
                .lines()
                .map(line -> Stream.of(line.split(" +")).toList())
                .filter(cells -> cells.contains(name))
                .map(cells -> cells.subList(cells.indexOf(name) + 1, cells.size()))
                .findFirst()
                .orElseThrow();
    }

    private long admitted() {
        return cluster.account("one").path("admitted").asLong()
                + cluster.account("two").path("admitted").asLong();
    }
}
