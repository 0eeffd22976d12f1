package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.sidecar.control.Ack;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole control plane as the shipped roles, on a real API server: from {@code kubectl apply} to a sidecar's acknowledgement. */
@ExtendWith(ApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneTest {
    private static final String PLATFORM = """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: ai-platform}
            stringData: {one: sk-one-before, two: sk-two}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata: {name: accounts, namespace: ai-platform}
            spec:
              provider: {type: OpenAI}
              keys:
              - {name: one, secretRef: {name: keys, key: one}}
              - {name: two, secretRef: {name: keys, key: two}}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: AIRoute
            metadata: {name: chat, namespace: ai-platform}
            spec:
              models: [{name: gpt-4o-mini, targets: [{name: primary, keyPoolRef: {name: accounts}}]}]
              access: {mode: Open, allowedFrom: {namespaces: All}}
            """;

    private Installation installation;

    @BeforeAll
    void install(ApiServer server) {
        installation = new Installation(server);
        installation.apply(PLATFORM);
    }

    @AfterAll
    void uninstall() {
        if (installation != null) {
            var admin = installation.admin();
            installation.close();
            admin.resources(AIRoute.class).inNamespace("ai-platform").delete();
            admin.resources(KeyPool.class).inNamespace("ai-platform").delete();
        }
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(25, TimeUnit.SECONDS);
    }

    /** An injected pod whose sidecar is connected; what it has been sent goes into the list. */
    private StreamClient connected(String namespace, String pod, List<String> received) {
        installation.namespace(namespace);
        var sidecar = installation.sidecar(
                installation.pod(namespace, pod),
                config -> received.add(config.config().toString()));
        eventually().until(() -> sidecar.connect() == 200);
        eventually().until(() -> sidecar.stream() != null);
        return sidecar;
    }

    private Condition condition(String type) {
        return installation
                .admin()
                .resources(AIRoute.class)
                .inNamespace("ai-platform")
                .withName("chat")
                .get()
                .getStatus()
                .getConditions()
                .stream()
                .filter(one -> one.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anInjectedPodGetsItsConfigurationAndStatusesSaySo() {
        var received = new CopyOnWriteArrayList<String>();
        try (var sidecar = connected("team-a", "one", received)) {
            assertThat(sidecar.stream()).isNotNull();
            eventually().until(() -> received.stream().anyMatch(config -> config.contains("gpt-4o-mini")));
            assertThat(received.get(received.size() - 1)).contains("sk-two", "\"namespace\":\"team-a\"");
            eventually()
                    .ignoreExceptions()
                    .until(() -> condition("Ready").getStatus().equals("True")
                            && condition("Programmed").getStatus().equals("True")
                            && !condition("Programmed").getReason().equals("NoSidecars"));
            assertThat(installation
                            .admin()
                            .resources(AIRoute.class)
                            .inNamespace("ai-platform")
                            .withName("chat")
                            .get()
                            .getStatus()
                            .getSidecars())
                    .matches("(\\d+)/\\1");
        }
    }

    @Test
    void aChangedKeyIsSentAtOnce() {
        var received = new CopyOnWriteArrayList<String>();
        try (var sidecar = connected("team-b", "one", received)) {
            assertThat(sidecar.stream()).isNotNull();
            eventually().until(() -> !received.isEmpty());
            long start = System.nanoTime();
            installation
                    .admin()
                    .secrets()
                    .inNamespace("ai-platform")
                    .withName("keys")
                    .edit(secret -> new SecretBuilder(secret)
                            .addToStringData("one", "sk-one-after")
                            .build());
            eventually()
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> received.get(received.size() - 1).contains("sk-one-after"));
            System.out.println("measured: a changed key was acknowledged after "
                    + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }

    @Test
    void aConfigurationThatASidecarCannotUseIsSaidInTheStatus() {
        var received = new CopyOnWriteArrayList<String>();
        try (var sidecar = connected("team-c", "one", received)) {
            eventually().until(() -> !received.isEmpty());
            sidecar.object();
            installation.apply(PLATFORM.replace("gpt-4o-mini", "gpt-4o-micro"));
            eventually()
                    .ignoreExceptions()
                    .until(() -> condition("Programmed").getStatus().equals("False"));
            assertThat(condition("Programmed").getMessage()).contains("routes[0]", "taste", "team-c");
            assertThat(condition("Ready").getStatus()).isEqualTo("False");
        }
        installation.apply(PLATFORM);
        eventually()
                .ignoreExceptions()
                .until(() -> condition("Ready").getStatus().equals("True"));
    }

    @Test
    void aPodThatGoesIsHungUpOnAndItsTokenIsWorthNothing() {
        installation.namespace("team-d");
        var pod = installation.pod("team-d", "one");
        try (var sidecar = installation.sidecar(pod, config -> {})) {
            eventually().until(() -> sidecar.connect() == 200);
            assertThat(sidecar.acknowledge(new Ack("no-such-stream", "0", true, null, null)))
                    .isEqualTo(409);

            installation
                    .admin()
                    .pods()
                    .inNamespace("team-d")
                    .withName("one")
                    .withGracePeriod(0)
                    .delete();

            eventually().until(() -> sidecar.bye() != null);
            eventually().until(() -> sidecar.connect() >= 400);
        }
    }

    @Test
    void aRouteThatIsDeletedIsTakenFromSidecarsAtOnce() {
        var received = new CopyOnWriteArrayList<String>();
        installation.apply("""
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: short-lived, namespace: payments}
                spec:
                  models: [{name: brief, targets: [{name: primary, keyPoolRef: {name: nobody}}]}]
                  access: {mode: Open, allowedFrom: {namespaces: All}}
                """);
        try (var sidecar = connected("team-e", "one", received)) {
            assertThat(sidecar.stream()).isNotNull();
            eventually().until(() -> received.stream().anyMatch(config -> config.contains("short-lived")));
            installation
                    .admin()
                    .resources(AIRoute.class)
                    .inNamespace("payments")
                    .withName("short-lived")
                    .delete();
            eventually().until(() -> !received.get(received.size() - 1).contains("short-lived"));
        }
    }

    @Test
    void aSecretThatIsDeletedWhileInUseTakesItsKeysAlongAndComesBack() {
        installation.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: fleeting, namespace: payments}
                stringData: {api-key: sk-fleeting}
                ---
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: fleeting, namespace: payments}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: only, secretRef: {name: fleeting}}]
                """);
        awaitPool("fleeting", "True");
        installation
                .admin()
                .secrets()
                .inNamespace("payments")
                .withName("fleeting")
                .delete();
        awaitPool("fleeting", "False");
        installation.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: fleeting, namespace: payments}
                stringData: {api-key: sk-fleeting}
                """);
        awaitPool("fleeting", "True");
    }

    private void awaitPool(String name, String resolved) {
        eventually()
                .ignoreExceptions()
                .until(() -> installation
                        .admin()
                        .resources(KeyPool.class)
                        .inNamespace("payments")
                        .withName(name)
                        .get()
                        .getStatus()
                        .getConditions()
                        .stream()
                        .anyMatch(one -> one.getType().equals("ResolvedRefs")
                                && one.getStatus().equals(resolved)));
    }

    @Test
    void aPoolWhoseSecretsMayNotBeReadSaysHowToMendIt() {
        installation.namespace("elsewhere");
        installation.apply("""
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: locked, namespace: elsewhere}
                spec:
                  provider: {type: OpenAI}
                  keys: [{name: only, secretRef: {name: out-of-reach}}]
                """);
        eventually()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(installation
                                .admin()
                                .resources(KeyPool.class)
                                .inNamespace("elsewhere")
                                .withName("locked")
                                .get()
                                .getStatus()
                                .getConditions())
                        .anySatisfy(one -> {
                            assertThat(one.getReason()).isEqualTo("SecretsNotReadable");
                            assertThat(one.getMessage()).contains("keyNamespaces");
                        }));
        installation.admin().resources(KeyPool.class).inNamespace("elsewhere").delete();
    }
}
