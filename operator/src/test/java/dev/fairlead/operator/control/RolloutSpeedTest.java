package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a change takes from the API to the last of many sidecars' acknowledgements: {@code bench/rollout} runs it. */
@ExtendWith(ApiServerExtension.class)
@EnabledIfSystemProperty(named = "fairlead.bench.sidecars", matches = "[0-9]+")
class RolloutSpeedTest {
    private static final String NAMESPACE = "payments";
    private static final int WARM_UP = 20;

    private final ApiServer server;

    RolloutSpeedTest(ApiServer server) {
        this.server = server;
    }

    @Test
    void aChangeReachesAllSidecars() throws Exception {
        int sidecars = Integer.getInteger("fairlead.bench.sidecars");
        int rounds = Integer.getInteger("fairlead.bench.rounds", 100);
        var clients = new ArrayList<StreamClient>();
        try (var installation = new Installation(server)) {
            installation.apply("""
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: key, namespace: payments}
                    stringData: {api-key: sk-bench}
                    ---
                    apiVersion: fairlead.dev/v1alpha1
                    kind: KeyPool
                    metadata: {name: pool, namespace: payments}
                    spec:
                      provider: {type: OpenAI}
                      keys: [{name: only, secretRef: {name: key}}]
                    ---
                    apiVersion: fairlead.dev/v1alpha1
                    kind: AIRoute
                    metadata: {name: route, namespace: payments}
                    spec:
                      models: [{name: gpt-4o-mini, targets: [{name: primary, keyPoolRef: {name: pool}}]}]
                    """);
            var wave = new Wave();
            installation.namespace(NAMESPACE);
            for (int i = 0; i < sidecars; i++) {
                var pod = installation.pod(NAMESPACE, "app-" + i);
                var client = installation.sidecar(
                        pod, config -> wave.reached(config.config().toString()));
                clients.add(client);
                Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> client.connect() == 200);
            }
            var tookMs = new long[rounds];
            for (int i = -WARM_UP; i < rounds; i++) {
                long took = change(installation, wave, sidecars, 1_000 + WARM_UP + i);
                if (i >= 0) {
                    tookMs[i] = took;
                }
            }
            Arrays.sort(tookMs);
            System.out.printf(
                    "measured: apply to the last of %d acknowledgements, %d changes: p50 %d ms, p99 %d ms, max %d ms%n",
                    sidecars,
                    rounds,
                    tookMs[rounds / 2],
                    tookMs[(int) Math.ceil(rounds * 0.99) - 1],
                    tookMs[rounds - 1]);
            assertThat(tookMs[0]).isPositive();
        } finally {
            clients.forEach(StreamClient::close);
            server.client().resources(AIRoute.class).inNamespace(NAMESPACE).delete();
            server.client().resources(KeyPool.class).inNamespace(NAMESPACE).delete();
            server.client().pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        }
    }

    private static long change(Installation installation, Wave wave, int sidecars, int seconds) throws Exception {
        var done = wave.expect("\"requestMs\":" + seconds * 1_000, sidecars);
        long start = System.nanoTime();
        installation
                .admin()
                .resources(AIRoute.class)
                .inNamespace(NAMESPACE)
                .withName("route")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .build(),
                        "{\"spec\":{\"timeouts\":{\"request\":\"" + seconds + "s\"}}}");
        assertThat(done.await(60, TimeUnit.SECONDS)).as("all sidecars").isTrue();
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Counts the sidecars that have acknowledged what was looked for. */
    private static final class Wave {
        private volatile String marker = "";
        private volatile CountDownLatch left = new CountDownLatch(0);

        CountDownLatch expect(String mark, int sidecars) {
            var latch = new CountDownLatch(sidecars);
            left = latch;
            marker = mark;
            return latch;
        }

        void reached(String config) {
            if (!marker.isEmpty() && config.contains(marker)) {
                left.countDown();
            }
        }
    }
}
