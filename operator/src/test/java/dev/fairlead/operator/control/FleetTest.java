package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import dev.fairlead.operator.peer.Peers;
import dev.fairlead.operator.testing.ShippedRoles;
import dev.fairlead.sidecar.fleet.KeyReading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shares of a limit from two replicas of which one leads, on a real API server. */
@ExtendWith(ApiServerExtension.class)
class FleetTest {
    private static final long LIMIT = 600;
    private static final String METER = "account/*/requestsPerMinute";
    private static final String POOL = """
            apiVersion: v1
            kind: Secret
            metadata: {name: fleet-keys, namespace: ai-platform}
            stringData: {one: sk-fleet-one, two: sk-fleet-two}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata: {name: fleet, namespace: ai-platform}
            spec:
              provider: {type: OpenAI}
              keys:
              - {name: one, secretRef: {name: fleet-keys, key: one}, quotaGroup: account}
              - {name: two, secretRef: {name: fleet-keys, key: two}, quotaGroup: account}
              quotaGroups:
              - {name: account, limits: [{requestsPerMinute: 600}]}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: AIRoute
            metadata: {name: fleet, namespace: ai-platform}
            spec:
              models: [{name: fleet-model, targets: [{name: primary, keyPoolRef: {name: fleet}}]}]
              access: {mode: Open, allowedFrom: {namespaces: All}}
            """;

    private final List<Replica> replicas = new ArrayList<>();
    private final List<HungrySidecar> sidecars = new ArrayList<>();
    private final Map<String, Pod> pods = new HashMap<>();
    private Installation installation;
    private int port;

    @BeforeEach
    void install(ApiServer server, @TempDir Path folder) throws Exception {
        installation = new Installation(server);
        installation.apply(POOL);
        installation.namespace("fleet-team");
        var token = Files.writeString(folder.resolve("token"), peerToken());
        port = freePort();
        for (var name : List.of("pod-0", "pod-1", "pod-2", "pod-3", "pod-late")) {
            pods.put(name, installation.pod("fleet-team", name));
        }
        // It has injected; serving and leading are the replicas'.
        installation.retire();
        var all = List.of("127.0.0.2", "127.0.0.3");
        var operator = ShippedRoles.apply(server, "ai-platform", "payments").operator();
        for (var address : all) {
            replicas.add(new Replica(operator, address, port, all, token));
        }
    }

    @AfterEach
    void uninstall() {
        sidecars.forEach(sidecar -> sidecar.stream.close());
        replicas.forEach(Replica::close);
        if (installation != null) {
            var admin = installation.admin();
            admin.pods().inNamespace("fleet-team").withGracePeriod(0).delete();
            admin.resources(AIRoute.class)
                    .inNamespace("ai-platform")
                    .withName("fleet")
                    .delete();
            admin.resources(KeyPool.class)
                    .inNamespace("ai-platform")
                    .withName("fleet")
                    .delete();
            installation.close();
        }
    }

    private String peerToken() {
        var admin = installation.admin();
        admin.serviceAccounts()
                .inNamespace(ShippedRoles.NAMESPACE)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("fairlead-operator")
                        .endMetadata()
                        .build())
                .serverSideApply();
        return admin.serviceAccounts()
                .inNamespace(ShippedRoles.NAMESPACE)
                .withName("fairlead-operator")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(Peers.AUDIENCE)
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            return probe.getLocalPort();
        }
    }

    private static ConditionFactory eventually() {
        // Not more often than a pod may report.
        return Awaitility.await().atMost(90, TimeUnit.SECONDS).pollInterval(200, TimeUnit.MILLISECONDS);
    }

    private HungrySidecar sidecar(String name, Replica at) {
        var sidecar = new HungrySidecar("ai-platform/fleet", METER, LIMIT);
        sidecar.stream = installation.sidecar(pods.get(name), at.address(), port);
        connect(sidecar);
        sidecars.add(sidecar);
        return sidecar;
    }

    private static void connect(HungrySidecar sidecar) {
        eventually().ignoreExceptions().until(() -> sidecar.stream.connect() == 200);
        eventually().until(() -> sidecar.stream.stream() != null);
    }

    private long held() {
        return sidecars.stream().mapToLong(HungrySidecar::share).sum();
    }

    /** Each reports once; whether all were answered. */
    private boolean round() {
        boolean all = true;
        for (var sidecar : sidecars) {
            all &= sidecar.report();
            assertThat(held()).isLessThanOrEqualTo(LIMIT);
        }
        return all;
    }

    @Test
    void sidecarsOfTwoReplicasShareOneLimitAlsoWhenTheLeaderIsKilled() {
        for (int i = 0; i < 4; i++) {
            sidecar("pod-" + i, replicas.get(i % 2));
        }
        eventually().untilAsserted(() -> {
            assertThat(round()).as("every report is answered").isTrue();
            assertThat(held()).isGreaterThanOrEqualTo(LIMIT * 95 / 100);
        });
        assertThat(sidecars).allSatisfy(each -> assertThat(each.share()).isPositive());

        var leader = installation
                .admin()
                .leases()
                .inNamespace(ShippedRoles.NAMESPACE)
                .withName("fairlead-operator")
                .get()
                .getSpec()
                .getHolderIdentity();
        var killed = replicas.stream()
                .filter(each -> leader.endsWith(each.address()))
                .findFirst()
                .orElseThrow();
        var left = replicas.get(0) == killed ? replicas.get(1) : replicas.get(0);
        long before = held();
        killed.kill();
        assertThat(round()).isFalse();
        assertThat(held()).isEqualTo(before);
        letTheLeaseRunOut();

        for (int i = 0; i < 4; i++) {
            if (replicas.get(i % 2) == killed) {
                var moved = sidecars.get(i);
                moved.stream.close();
                moved.stream = installation.sidecar(pods.get("pod-" + i), left.address(), port);
                connect(moved);
            }
        }
        var newcomer = sidecar("pod-late", left);
        assertThat(newcomer.share()).isZero();
        eventually().untilAsserted(() -> {
            round();
            assertThat(newcomer.share()).isGreaterThan(LIMIT / 10);
        });
    }

    /** As if its time had passed: nobody has given it back, and nobody renews it. */
    private void letTheLeaseRunOut() {
        installation
                .admin()
                .leases()
                .inNamespace(ShippedRoles.NAMESPACE)
                .withName("fairlead-operator")
                .edit(lease -> {
                    lease.getSpec().setRenewTime(lease.getSpec().getRenewTime().minusMinutes(1));
                    return lease;
                });
    }

    @Test
    void whatSidecarsSayOfKeysIsInTheStatusWithinSecondsAndAnEventSaysSo() {
        var sidecar = sidecar("pod-1", replicas.get(1));
        for (var idle : List.of("pod-0", "pod-2", "pod-3")) {
            sidecar(idle, replicas.get(0));
        }
        eventually().until(this::round);
        sidecar.says(
                new KeyReading("one", "account", fingerprint("one"), "Invalid", 60_000, "credential"),
                new KeyReading("two", "account", fingerprint("two"), "Parked", 90_000, "rate_limit"));
        long began = System.nanoTime();
        eventually().ignoreExceptions().until(() -> {
            sidecar.report();
            var keys = status().getKeys();
            return keys.getInvalid() == 1 && keys.getParked() == 1 && keys.getAvailable() == 0;
        });
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        System.out.println("measured: a key's state was in the status after " + tookMs + " ms");
        assertThat(tookMs).as("with three that know nothing of it").isLessThan(5_000);
        assertThat(status().getNextReset()).isNotNull();
        assertThat(status().getHeadroomPercent()).isNotNull();
        assertThat(condition("KeysAvailable")).isEqualTo("False/KeysParked");
        assertThat(condition("Ready")).isEqualTo("True/Ready");
        eventually().until(() -> event("KeyQuarantined") && event("KeysParked"));

        sidecar.takes(fingerprint("one"));
        eventually().ignoreExceptions().until(() -> {
            sidecar.report();
            return status().getKeys().getAvailable() == 2;
        });
        assertThat(condition("KeysAvailable")).isEqualTo("True/KeysAvailable");
        eventually().until(() -> event("KeyRecovered"));
    }

    private String fingerprint(String key) {
        return eventually()
                .ignoreExceptions()
                .until(
                        () -> status().getKeyStates().stream()
                                .filter(state -> state.getName().equals(key))
                                .findFirst()
                                .orElseThrow()
                                .getFingerprint(),
                        found -> found != null);
    }

    private KeyPoolStatus status() {
        return installation
                .admin()
                .resources(KeyPool.class)
                .inNamespace("ai-platform")
                .withName("fleet")
                .get()
                .getStatus();
    }

    private String condition(String type) {
        return status().getConditions().stream()
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + "/" + one.getReason())
                .findFirst()
                .orElseThrow();
    }

    private boolean event(String reason) {
        return installation.admin().v1().events().inNamespace("ai-platform").list().getItems().stream()
                .anyMatch(event -> event.getReason().equals(reason)
                        && event.getInvolvedObject().getName().equals("fleet"));
    }
}
