package dev.fairlead.operator.control;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.operator.cluster.ClusterClient;
import dev.fairlead.operator.inject.InjectionSettings;
import dev.fairlead.operator.testing.ShippedRoles;
import dev.fairlead.sidecar.control.ControlEnvironment;
import dev.fairlead.sidecar.control.Frame;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * A replica of the operator as the shipped ServiceAccount on a real API server, whose webhook tests
 * call in the API server's place. There is no node: pods
 * are created, injected, and never run; tests act as their sidecars.
 */
final class Installation implements AutoCloseable {
    private static final String WEBHOOKS = "fairlead-injection";
    private static final Set<String> KEY_NAMESPACES = Set.of("ai-platform", "payments");

    private final ApiServer server;
    private final KubernetesClient client;
    private final ControlPlane plane;
    private final Vertx vertx = Vertx.vertx();
    private final OperatorSettings.Ports ports;
    private boolean retired;

    Installation(ApiServer server) {
        this.server = server;
        client = ClusterClient.connect(ShippedRoles.apply(server, KEY_NAMESPACES.toArray(String[]::new))
                .operator());
        var settings = new OperatorSettings(
                ShippedRoles.NAMESPACE,
                "fairlead-operator-0",
                "127.0.0.1",
                KEY_NAMESPACES,
                WEBHOOKS,
                "fairlead-operator",
                new OperatorSettings.Ports(0, 0, 0));
        var environment = Map.of(
                "FAIRLEAD_NAMESPACE",
                ShippedRoles.NAMESPACE,
                "FAIRLEAD_SIDECAR_IMAGE",
                "localhost/fairlead/fairlead:test");
        plane = new ControlPlane(client, settings, InjectionSettings.fromEnvironment(environment::get), List::of);
        plane.start();
        try {
            ports = plane.listening().toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the operator does not listen", e);
        }
        registerTheWebhook();
    }

    private void registerTheWebhook() {
        admin().admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(WEBHOOKS)
                        .endMetadata()
                        .addNewWebhook()
                        .withName("inject.fairlead.dev")
                        .withAdmissionReviewVersions("v1")
                        .withSideEffects("NoneOnDryRun")
                        .withFailurePolicy("Fail")
                        .withNewNamespaceSelector()
                        .addToMatchLabels("no-such-label", "here")
                        .endNamespaceSelector()
                        .withNewClientConfig()
                        .withUrl("https://127.0.0.1:" + ports.webhook() + "/mutate")
                        .endClientConfig()
                        .addNewRule()
                        .withApiGroups("")
                        .withApiVersions("v1")
                        .withOperations("CREATE")
                        .withResources("pods")
                        .endRule()
                        .endWebhook()
                        .build())
                .serverSideApply();
        Awaitility.await("the CA of the webhook")
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> admin().admissionRegistration()
                                .v1()
                                .mutatingWebhookConfigurations()
                                .withName(WEBHOOKS)
                                .get()
                                .getWebhooks()
                                .get(0)
                                .getClientConfig()
                                .getCaBundle()
                        != null);
    }

    /** May do everything. */
    KubernetesClient admin() {
        return server.client();
    }

    int configPort() {
        return ports.config();
    }

    int metricsPort() {
        return ports.metrics();
    }

    /** {@code kubectl apply} of one or more YAML documents. */
    void apply(String yaml) {
        admin().load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> admin().resource(object).serverSideApply());
    }

    /** Creates a namespace whose pods are injected. */
    void namespace(String name) {
        admin().namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("fairlead.dev/inject", "enabled")
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin().serviceAccounts()
                .inNamespace(name)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** Creates a pod as the API server does when it calls our webhook; what was stored. */
    Pod pod(String namespace, String name) {
        var asked = new PodBuilder()
                .withMetadata(named(name))
                .withNewSpec()
                .withServiceAccountName("default")
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("app")
                .withImage("localhost/app:1")
                .endContainer()
                .endSpec()
                .build();
        var injected = new Reviewer(vertx, caBundle(), ports.webhook()).injected(asked, namespace);
        return admin().pods().inNamespace(namespace).resource(injected).create();
    }

    private static ObjectMeta named(String name) {
        var meta = new ObjectMeta();
        meta.setName(name);
        meta.setLabels(Map.of("app", "app"));
        return meta;
    }

    /** A token as the kubelet would project it into the pod's sidecar. */
    String token(Pod pod) {
        return admin().serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName("default")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(ControlEnvironment.AUDIENCE)
                        .withExpirationSeconds(3600L)
                        .withNewBoundObjectRef()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endBoundObjectRef()
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** A sidecar of that pod, as yet unconnected. */
    StreamClient sidecar(Pod pod, Consumer<Frame.Config> configs) {
        return new StreamClient(vertx, caBundle(), ports.config(), token(pod), configs);
    }

    /** The same at another replica. */
    StreamClient sidecar(Pod pod, String address, int port) {
        return new StreamClient(vertx, caBundle(), address, port, token(pod), config -> {});
    }

    /** Ends this replica: what it has written stays. */
    void retire() {
        if (!retired) {
            retired = true;
            plane.close();
        }
    }

    /** What injection writes into pods. */
    String caBundle() {
        var secret = admin().secrets()
                .inNamespace(ShippedRoles.NAMESPACE)
                .withName("fairlead-tls")
                .get();
        return new String(Base64.getDecoder().decode(secret.getData().get("ca.crt")), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        retire();
        client.close();
        vertx.close();
        admin().admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(WEBHOOKS)
                .delete();
        admin().secrets()
                .inNamespace(ShippedRoles.NAMESPACE)
                .withName("fairlead-tls")
                .delete();
    }
}
