package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is said in a condition and an Event of the object that has to change, and disturbs nothing else. */
@ExtendWith(ApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String GOOD = """
            apiVersion: v1
            kind: Secret
            metadata: {name: good, namespace: payments}
            stringData: {api-key: sk-good}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata: {name: good, namespace: payments}
            spec: {provider: {type: OpenAI}, keys: [{name: only, secretRef: {name: good}}]}
            """;

    private Installation installation;

    /** Something wrong, and what is said about the object {@code kind payments/bad}. */
    private enum Bad {
        REFERENCE_TO_NOTHING("AIRoute", "RefNotPermitted", """
                spec: {models: [{name: m, targets: [{name: t, keyPoolRef: {name: nobody}}]}]}
                """),
        REFERENCE_ACROSS_THE_BORDER_OF_A_NAMESPACE("AIRoute", "RefNotPermitted", """
                spec: {models: [{name: m, targets: [{name: t, keyPoolRef: {name: closed, namespace: ai-platform}}]}]}
                ---
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: closed, namespace: ai-platform}
                spec: {provider: {type: OpenAI}, keys: [{name: only, secretRef: {name: nothing}}]}
                """),
        SECRET_THAT_DOES_NOT_EXIST("KeyPool", "SecretNotFound", """
                spec: {provider: {type: OpenAI}, keys: [{name: only, secretRef: {name: missing}}]}
                """),
        KEY_THAT_IS_NO_TEXT("KeyPool", "SecretInvalid", """
                spec: {provider: {type: OpenAI}, keys: [{name: only, secretRef: {name: binary}}]}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: binary, namespace: payments}
                data: {api-key: //4A}
                """),
        KEY_THAT_IS_EMPTY("KeyPool", "SecretInvalid", """
                spec: {provider: {type: OpenAI}, keys: [{name: only, secretRef: {name: empty}}]}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: empty, namespace: payments}
                data: {api-key: ""}
                """),
        TWO_TENANTS_ON_ONE_NAMESPACE("Tenant", "NamespaceTaken", """
                spec: {namespaces: [contested]}
                ---
                apiVersion: fairlead.dev/v1alpha1
                kind: Tenant
                metadata: {name: another-and-first-by-name}
                spec: {namespaces: [contested]}
                """);

        private final String kind;
        private final String reason;
        private final String rest;

        Bad(String kind, String reason, String rest) {
            this.kind = kind;
            this.reason = reason;
            this.rest = rest;
        }

        String namespace() {
            return kind.equals("Tenant") ? null : "payments";
        }

        String yaml() {
            var metadata = kind.equals("Tenant") ? "{name: bad}" : "{name: bad, namespace: payments}";
            return "apiVersion: fairlead.dev/v1alpha1\nkind: " + kind + "\nmetadata: " + metadata + "\n" + rest;
        }
    }

    @BeforeAll
    void install(ApiServer server) {
        installation = new Installation(server);
        installation.apply(GOOD);
    }

    @AfterAll
    void uninstall() {
        if (installation != null) {
            installation.close();
            for (var kind : List.of("AIRoute", "KeyPool")) {
                installation
                        .admin()
                        .genericKubernetesResources("fairlead.dev/v1alpha1", kind)
                        .inAnyNamespace()
                        .delete();
            }
            installation
                    .admin()
                    .genericKubernetesResources("fairlead.dev/v1alpha1", "Tenant")
                    .delete();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSaidWhereItHasToBeMendedAndNowhereElse(Bad bad) {
        eventually().until(() -> ready("KeyPool", "payments", "good").equals("True"));
        delete(bad);

        installation.apply(bad.yaml());

        eventually()
                .untilAsserted(() -> assertThat(conditions(bad.kind, bad.namespace(), "bad"))
                        .extracting(one -> one.get("reason"))
                        .contains(bad.reason));
        eventually()
                .untilAsserted(() -> assertThat(installation
                                .admin()
                                .v1()
                                .events()
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .anySatisfy(event -> {
                            assertThat(event.getInvolvedObject().getKind()).isEqualTo(bad.kind);
                            assertThat(event.getInvolvedObject().getName()).isEqualTo("bad");
                            assertThat(event.getReason()).isEqualTo(bad.reason);
                            assertThat(event.getMessage()).doesNotContain("sk-");
                        }));
        assertThat(ready("KeyPool", "payments", "good")).isEqualTo("True");
        delete(bad);
    }

    private void delete(Bad bad) {
        object(bad.kind, bad.namespace(), "bad").delete();
        eventually().until(() -> object(bad.kind, bad.namespace(), "bad").get() == null);
    }

    private Resource<GenericKubernetesResource> object(String kind, String namespace, String name) {
        var all = installation.admin().genericKubernetesResources("fairlead.dev/v1alpha1", kind);
        return namespace == null
                ? all.withName(name)
                : all.inNamespace(namespace).withName(name);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> conditions(String kind, String namespace, String name) {
        var found = object(kind, namespace, name).get();
        return found == null || found.get("status", "conditions") == null
                ? List.of()
                : (List<Map<String, Object>>) found.get("status", "conditions");
    }

    private String ready(String kind, String namespace, String name) {
        return conditions(kind, namespace, name).stream()
                .filter(one -> one.get("type").equals("Ready"))
                .map(one -> (String) one.get("status"))
                .findFirst()
                .orElse("");
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS);
    }
}
