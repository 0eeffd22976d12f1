package dev.fairlead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chart is upgraded and uninstalled while calls are made. */
@ExtendWith(ClusterExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(9)
class ChartLifeTest {
    private final Cluster cluster;

    ChartLifeTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    @Order(1)
    void anUpgradeCostsNoCall() {
        var before = cluster.calls("e2e-team");
        cluster.helm("upgrade", "--set", "podAnnotations.example\\.com/upgraded=yes");
        Eventually.await("more answers").until(() -> cluster.calls("e2e-team").answered() > before.answered() + 100);
        assertThat(cluster.calls("e2e-team").failed()).isEqualTo(before.failed());
    }

    @Test
    @Order(2)
    void uninstallingKeepsWhatUsersWroteAndPodsServe() {
        var before = cluster.calls("e2e-team");
        Command.run("", List.of("helm", "uninstall", "fairlead", "-n", Cluster.SYSTEM, "--wait"));

        assertThat(cluster.kubectl("-n", "e2e-platform", "get", "airoute,keypool", "-o", "name"))
                .contains("airoute.fairlead.dev/chat", "keypool.fairlead.dev/accounts");
        Eventually.await("more answers").until(() -> cluster.calls("e2e-team").answered() > before.answered() + 100);
        assertThat(cluster.calls("e2e-team").failed()).isEqualTo(before.failed());
        cluster.kubectl(
                "-n",
                "e2e-changing",
                "run",
                "late",
                "--image=" + cluster.settings().appImage(),
                "--dry-run=server");
    }
}
