package dev.fairlead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is changed in the cluster counts in the sidecars at once. */
@ExtendWith(ClusterExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class LiveChangesTest {
    private static final String NAMESPACE = "e2e-changing";

    private final Cluster cluster;

    LiveChangesTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    @Order(1)
    void aRotatedKeyIsUsedWithinTwoSecondsAndNoCallFails() {
        long earlierBefore = admitted("before");
        long earlierAfter = admitted("after");
        cluster.apply("changing.yaml");
        cluster.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/app", "--timeout=120s");
        Eventually.await("calls with the key before").until(() -> admitted("before") > earlierBefore + 100);
        assertThat(admitted("after")).isEqualTo(earlierAfter);

        cluster.applyText("""
                apiVersion: v1
                kind: Secret
                metadata: {name: key, namespace: e2e-changing}
                stringData: {api-key: sk-e2e-material-after}
                """);
        long appliedAt = System.nanoTime();
        Eventually.await("calls with the key after").until(() -> admitted("after") > earlierAfter);
        long tookMs = (System.nanoTime() - appliedAt) / 1_000_000;

        System.out.println("measured: a rotated key was in use after " + tookMs + " ms");
        assertThat(tookMs).isLessThan(2_000);
        long before = admitted("before");
        Eventually.await("more calls").until(() -> admitted("after") > earlierAfter + 50);
        assertThat(admitted("before")).as("calls with the old key").isEqualTo(before);
        assertThat(cluster.calls(NAMESPACE).failed()).isZero();
    }

    @Test
    @Order(2)
    void aSecretThatASelectorFindsIsUsedWithinTwoSecondsAndNoMoreOnceItIsDeleted() {
        long earlier = admitted("found");
        cluster.applyText("""
                apiVersion: v1
                kind: Secret
                metadata: {name: found, namespace: e2e-changing, labels: {fairlead.dev/pool: changing}}
                stringData: {api-key: sk-e2e-material-found}
                """);
        long appliedAt = System.nanoTime();
        Eventually.await("calls with the key that was found").until(() -> admitted("found") > earlier);
        long tookMs = (System.nanoTime() - appliedAt) / 1_000_000;

        System.out.println("measured: a key that a selector finds was in use after " + tookMs + " ms");
        assertThat(tookMs).isLessThan(2_000);
        cluster.client().secrets().inNamespace(NAMESPACE).withName("found").delete();
        Eventually.await("the end of its use").until(() -> unusedFor20Calls("found"));
        assertThat(cluster.calls(NAMESPACE).failed()).isZero();
    }

    private boolean unusedFor20Calls(String account) {
        long before = admitted(account);
        long others = admitted("after");
        Eventually.await("20 more calls").until(() -> admitted("after") > others + 20);
        return admitted(account) == before;
    }

    @Test
    @Order(3)
    void aDeletedRouteStopsWorkingWithinASecond() {
        assertThat(cluster.calls(NAMESPACE).failed()).isZero();

        cluster.client()
                .genericKubernetesResources("fairlead.dev/v1alpha1", "AIRoute")
                .inNamespace(NAMESPACE)
                .withName("own")
                .delete();
        long deletedAt = System.currentTimeMillis();
        Eventually.await("a failure").until(() -> cluster.calls(NAMESPACE).failed() > 0);

        var calls = cluster.calls(NAMESPACE);
        long tookMs = calls.firstFailureAt() - deletedAt;
        System.out.println("measured: a deleted route was closed after " + tookMs + " ms");
        assertThat(tookMs).isLessThan(1_000);
        assertThat(calls.lastFailure()).contains("gpt-4o");
        assertThat(calls.lastAnsweredSentAt()).isLessThan(deletedAt + 1_000);
    }

    private long admitted(String account) {
        return cluster.account(account).path("admitted").asLong();
    }
}
