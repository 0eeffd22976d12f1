package dev.fairlead.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The control plane may go and come back: calls do not notice. */
@ExtendWith(ClusterExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(3)
class OutageTest {
    private static final String TEAM = "e2e-team";
    private static final String OPERATOR = "deployment/fairlead-operator";

    private final Cluster cluster;

    OutageTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    @Order(1)
    void operatorsDeletedOneByOneCostNoCall() {
        cluster.keepLogs();
        var before = cluster.calls(TEAM);
        for (var operator : cluster.operators()) {
            cluster.kubectl(
                    "-n",
                    Cluster.SYSTEM,
                    "delete",
                    "pod",
                    operator.getMetadata().getName());
            cluster.kubectl("-n", Cluster.SYSTEM, "rollout", "status", OPERATOR, "--timeout=180s");
        }
        noCallFailedSince(before);
    }

    @Test
    @Order(2)
    void allOperatorsDeletedAtOnceCostNoCall() {
        cluster.keepLogs();
        var before = cluster.calls(TEAM);
        cluster.kubectl(
                "-n",
                Cluster.SYSTEM,
                "delete",
                "pod",
                "-l",
                "app.kubernetes.io/component=operator",
                "--grace-period=1");
        cluster.kubectl("-n", Cluster.SYSTEM, "rollout", "status", OPERATOR, "--timeout=180s");
        noCallFailedSince(before);
        changesStillArrive();
    }

    @Test
    @Order(3)
    void anApiServerThatIsRestartedCostsNoCall() throws Exception {
        assumeTrue(
                Settings.required() || !cluster.settings().restartApiServer().isEmpty(),
                "nothing says how to restart the API server");
        assertThat(cluster.settings().restartApiServer())
                .as("FAIRLEAD_E2E_RESTART_API_SERVER")
                .isNotEmpty();
        var before = cluster.calls(TEAM);
        assertThat(new ProcessBuilder("bash", "-c", cluster.settings().restartApiServer())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Eventually.await("the API server").until(cluster::answers);
        noCallFailedSince(before);
        changesStillArrive();
    }

    @Test
    @Order(4)
    void aSidecarThatStartsAgainWhileNoOperatorRunsServesFromWhatItKnewLast() {
        cluster.keepLogs();
        cluster.kubectl("-n", Cluster.SYSTEM, "scale", OPERATOR, "--replicas=0");
        Eventually.await("no operator").until(() -> cluster.operators().isEmpty());
        int restarts = restarts();

        endTheSidecar();
        Eventually.await("a restart").until(() -> restarts() > restarts);
        var after = cluster.calls(TEAM);
        Eventually.await("answers of the new sidecar")
                .until(() -> cluster.calls(TEAM).answered() > after.answered() + 40);

        cluster.kubectl("-n", Cluster.SYSTEM, "scale", OPERATOR, "--replicas=2");
        cluster.kubectl("-n", Cluster.SYSTEM, "rollout", "status", OPERATOR, "--timeout=180s");
        // A container that looks into the sidecar's processes, as the one that ended it did, could read its keys.
        Eventually.await("a refusal to give this pod keys")
                .until(() -> sidecarLog().contains("pod_not_as_injected"));
        cluster.keepLogs();
        cluster.kubectl("-n", TEAM, "rollout", "restart", "deployment/app");
        cluster.kubectl("-n", TEAM, "rollout", "status", "deployment/app", "--timeout=180s");
        Eventually.await("one pod").until(() -> cluster.pods(TEAM, "app").size() == 1);
        Eventually.await("answers of the new pod")
                .until(() -> cluster.calls(TEAM).answered() > 0);
        changesStillArrive();
    }

    private String sidecarLog() {
        var pod = cluster.pod(TEAM, "app").getMetadata().getName();
        return cluster.kubectl("-n", TEAM, "logs", pod, "-c", "fairlead");
    }

    private void noCallFailedSince(Calls before) {
        Eventually.await("a hundred more answers")
                .until(() -> cluster.calls(TEAM).answered() > before.answered() + 100);
        var after = cluster.calls(TEAM);
        assertThat(after.failed()).as(after.lastFailure()).isEqualTo(before.failed());
    }

    /** A suspended tenant's calls fail, and go on when it is not suspended any more. */
    private void changesStillArrive() {
        suspended(true);
        var before = cluster.calls(TEAM);
        Eventually.await("refusals").until(() -> cluster.calls(TEAM).failed() > before.failed());
        suspended(false);
        Eventually.await("no refusals any more").until(this::aSecondWithoutFailure);
    }

    private boolean aSecondWithoutFailure() {
        var first = cluster.calls(TEAM);
        Eventually.await("the next report").until(() -> cluster.calls(TEAM).answered() > first.answered());
        return cluster.calls(TEAM).failed() == first.failed();
    }

    private void suspended(boolean suspended) {
        cluster.kubectl(
                "patch",
                "tenant.fairlead.dev",
                "e2e",
                "--type=merge",
                "-p",
                "{\"spec\":{\"suspended\":" + suspended + "}}");
    }

    private int restarts() {
        return cluster.pod(TEAM, "app")
                .getStatus()
                .getInitContainerStatuses()
                .get(0)
                .getRestartCount();
    }

    /** Without a shell in the image: a container beside it ends its first process. */
    private void endTheSidecar() {
        var container = new EphemeralContainerBuilder()
                .withName("end-" + System.currentTimeMillis() % 100_000)
                .withImage(cluster.settings().appImage())
                .withImagePullPolicy("IfNotPresent")
                .withArgs("end")
                .withTargetContainerName("fairlead")
                .withNewSecurityContext()
                .withRunAsUser(65532L)
                .withRunAsNonRoot(true)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop(List.of("ALL"))
                .endCapabilities()
                .endSecurityContext()
                .build();
        var name = cluster.pod(TEAM, "app").getMetadata().getName();
        cluster.client()
                .pods()
                .inNamespace(TEAM)
                .withName(name)
                .ephemeralContainers()
                .edit(pod -> new PodBuilder(pod)
                        .editSpec()
                        .addToEphemeralContainers(container)
                        .endSpec()
                        .build());
    }
}
