package dev.fairlead.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart's roles allow the operator, asked of a real API server by doing it. */
@ExtendWith(ApiServerExtension.class)
class ShippedRolesTest {
    private static final String KEYS = "roles-with-keys";
    private static final String OTHER = "roles-without-keys";

    private final ApiServer server;
    private KubernetesClient operator;

    ShippedRolesTest(ApiServer server) {
        this.server = server;
    }

    @BeforeEach
    void actAsTheOperator() {
        var roles = ShippedRoles.apply(server, KEYS);
        server.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(OTHER)
                        .endMetadata()
                        .build())
                .serverSideApply();
        operator = new KubernetesClientBuilder().withConfig(roles.operator()).build();
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AIRoute.class,
                KeyPool.class,
                Subscription.class,
                Tenant.class,
                Namespace.class,
                Pod.class,
            })
    void whatIsCompiledIsReadInAllNamespaces(Class<? extends HasMetadata> kind) {
        assertThat(operator.resources(kind)
                        .inAnyNamespace()
                        .list()
                        .getMetadata()
                        .getResourceVersion())
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(classes = {Secret.class, ConfigMap.class})
    void secretsAreReadWhereTheChartWasToldOnly(Class<? extends HasMetadata> kind) {
        assertThat(operator.resources(kind)
                        .inNamespace(KEYS)
                        .list()
                        .getMetadata()
                        .getResourceVersion())
                .isNotBlank();
        assertForbidden(() -> operator.resources(kind).inNamespace(OTHER).list());
        assertForbidden(() -> operator.resources(kind).inAnyNamespace().list());
        assertForbidden(() ->
                operator.resources(kind).inNamespace(ShippedRoles.NAMESPACE).list());
    }

    @Test
    void certificatesAreKeptInOneSecretOfTheOwnNamespace() {
        var secrets = operator.secrets().inNamespace(ShippedRoles.NAMESPACE);
        assertThat(secrets.withName("fairlead-tls").informOnCondition(found -> true))
                .as("list and watch of this one Secret")
                .succeedsWithin(Duration.ofSeconds(30));
        assertThat(operator.resource(secret("fairlead-tls")).dryRun().create()).isNotNull();
        assertForbidden(() -> secrets.withName("another").get());
    }

    @Test
    void nothingThatPeopleWroteIsChanged() {
        var pools = operator.resources(KeyPool.class).inNamespace(KEYS);
        assertForbidden(() -> pools.withName("any").delete());
        assertForbidden(() ->
                operator.secrets().inNamespace(KEYS).resource(secret("new")).create());
        assertForbidden(
                () -> operator.secrets().inNamespace(KEYS).withName("any").delete());
        assertForbidden(() -> operator.pods().inNamespace(KEYS).withName("any").delete());
        assertForbidden(() -> operator.namespaces().withName(KEYS).delete());
        assertForbidden(() -> operator.apps().deployments().inNamespace(KEYS).list());
    }

    @Test
    void theCaOfOneWebhookConfigurationIsWritten() {
        var configurations = operator.admissionRegistration().v1().mutatingWebhookConfigurations();
        assertThat(configurations.withName("fairlead-injection").get()).isNull();
        assertForbidden(() -> configurations.withName("another").get());
        assertForbidden(() -> configurations.withName("fairlead-injection").delete());
    }

    private static Secret secret(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(ShippedRoles.NAMESPACE)
                .endMetadata()
                .build();
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }
}
