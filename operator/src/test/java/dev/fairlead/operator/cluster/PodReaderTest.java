package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodReaderTest {
    private final PodReader reader = new PodReader();

    private static Pod pod(String ownerKind, String ownerName, boolean controller, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("chat-7d9f8-xyz")
                .withLabels(labels)
                .addNewOwnerReference()
                .withKind(ownerKind)
                .withName(ownerName)
                .withController(controller)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("chat")
                .endSpec()
                .build();
    }

    @Test
    void aReplicaSetNamedByTheTemplateHashBelongsToADeployment() {
        var labels = Map.of("app", "chat", "pod-template-hash", "7d9f8");

        var workload = reader.read(pod("ReplicaSet", "chat-7d9f8", true, labels));

        assertThat(workload.name()).isEqualTo("Deployment/chat");
        assertThat(workload.namespace()).isEqualTo("team-a");
        assertThat(workload.serviceAccount()).isEqualTo("chat");
        assertThat(workload.labels()).isEqualTo(labels);
    }

    @Test
    void aReplicaSetOfItsOwnKeepsItsName() {
        assertThat(reader.read(pod("ReplicaSet", "chat-7d9f8", true, Map.of())).name())
                .isEqualTo("ReplicaSet/chat-7d9f8");
        assertThat(reader.read(pod("ReplicaSet", "-7d9f8", true, Map.of("pod-template-hash", "7d9f8")))
                        .name())
                .isEqualTo("ReplicaSet/-7d9f8");
    }

    @Test
    void aJobIsNotFollowedFurther() {
        assertThat(reader.read(pod("Job", "nightly-29", true, Map.of())).name()).isEqualTo("Job/nightly-29");
    }

    @Test
    void anOwnerThatIsNoControllerIsNotTheController() {
        assertThat(reader.read(pod("Node", "worker-1", false, Map.of())).name()).isEqualTo("Pod/chat-7d9f8-xyz");
    }

    @Test
    void aPodWithoutAnythingHasTheDefaultServiceAccount() {
        var bare = new PodBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("one")
                .endMetadata()
                .build();

        var workload = reader.read(bare);

        assertThat(workload.name()).isEqualTo("Pod/one");
        assertThat(workload.serviceAccount()).isEqualTo("default");
        assertThat(workload.labels()).isEmpty();
    }
}
