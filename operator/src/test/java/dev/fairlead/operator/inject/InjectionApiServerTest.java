package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The webhook as an API server calls it, with pods that a user creates. */
@ExtendWith(ApiServerExtension.class)
class InjectionApiServerTest {
    private static final String CONFIGURATION = "injection-test";
    private static final String OPTED_IN = "injection-in";
    private static final String NOT_OPTED_IN = "injection-not";
    private static final String RESTRICTED = "injection-restricted";

    private final ApiServer server;
    private WebhookRig rig;
    private KubernetesClient user;

    InjectionApiServerTest(ApiServer server) {
        this.server = server;
    }

    @BeforeEach
    void start() throws Exception {
        rig = new WebhookRig();
        rig.namespaces = name ->
                server.client().namespaces().withName(name).get().getMetadata().getLabels();
        namespace(OPTED_IN, Map.of("fairlead.dev/inject", "enabled"));
        namespace(NOT_OPTED_IN, Map.of("other", "label"));
        namespace(
                RESTRICTED,
                Map.of("fairlead.dev/inject", "enabled", "pod-security.kubernetes.io/enforce", "restricted"));
        register();
        var config = server.config();
        config.setImpersonateUsername("injection-test-user");
        // What a webhook that is away answers with is final.
        config.setRequestRetryBackoffLimit(0);
        user = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() throws Exception {
        server.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(CONFIGURATION)
                .delete();
        for (var namespace : List.of(OPTED_IN, NOT_OPTED_IN, RESTRICTED)) {
            server.client().pods().inNamespace(namespace).withGracePeriod(0).delete();
        }
        user.close();
        rig.close();
    }

    @Test
    void aPodOfANamespaceThatIsOptedInIsStoredAsInjectionWritesIt() {
        var pod = create(OPTED_IN, pod("app"));
        var sidecar = sidecar(pod);
        assertThat(sidecar.getRestartPolicy()).isEqualTo("Always");
        assertThat(pod.getMetadata().getLabels()).containsEntry("fairlead.dev/injected", "true");
        assertThat(pod.getSpec().getContainers().get(0).getEnv())
                .anyMatch(variable -> variable.getName().equals("OPENAI_BASE_URL"));
        assertThat(new InjectedPodCheck(Injection.settings(), new IssuedBundles(rig.trust)).objection(pod))
                .isEmpty();
        assertThat(rig.told.counted).startsWith(InjectionReason.INJECTED);
    }

    @Test
    void whatIsStoredIsAdmittedAgainWithoutAChange() {
        var stored = create(OPTED_IN, pod("app"));
        var copy = new PodBuilder(stored)
                .withNewMetadata()
                .withName("copy")
                .withLabels(stored.getMetadata().getLabels())
                .withAnnotations(stored.getMetadata().getAnnotations())
                .endMetadata()
                .build();
        rig.told.counted.clear();
        var again = create(OPTED_IN, copy);
        assertThat(again.getSpec()).isEqualTo(stored.getSpec());
        assertThat(rig.told.counted).containsOnly(InjectionReason.ALREADY_INJECTED);
    }

    @Test
    void onlyPodsThatAreOptedInAreAskedAbout() {
        assertThat(create(NOT_OPTED_IN, pod("app")).getSpec().getInitContainers())
                .isEmpty();
        assertThat(create(OPTED_IN, labelled("out", "disabled")).getSpec().getInitContainers())
                .isEmpty();
        assertThat(rig.told.counted).isEmpty();
        assertThat(sidecar(create(NOT_OPTED_IN, labelled("in", "enabled"))).getImage())
                .isEqualTo("registry.example/fairlead:1.2.3");
    }

    @Test
    void restrictedPodSecurityTakesTheSidecar() {
        var pod = new PodBuilder(pod("app"))
                .editSpec()
                .editFirstContainer()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        assertThat(sidecar(create(RESTRICTED, pod))).isNotNull();
    }

    @Test
    void aRefusalReachesItsAuthorAsASentence() {
        var pod = new PodBuilder(pod("app"))
                .editSpec()
                .withShareProcessNamespace(true)
                .endSpec()
                .build();
        assertThatThrownBy(() -> create(OPTED_IN, pod))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("denied the request: fairlead: SharedProcesses: ")
                .hasMessageContaining("spec.shareProcessNamespace is true");
    }

    @Test
    void aDryRunShowsTheSidecarAndLeavesNoTrace() {
        var shown = user.resource(pod("app")).inNamespace(OPTED_IN).dryRun(true).create();
        assertThat(sidecar(shown)).isNotNull();
        assertThat(rig.told.counted).isEmpty();
        assertThat(server.client().pods().inNamespace(OPTED_IN).withName("app").get())
                .isNull();
    }

    @Test
    void theWebhookIsNeededForPodsThatAskAndForNoOthers() throws Exception {
        rig.close();
        assertThatThrownBy(() -> create(OPTED_IN, pod("app"))).isInstanceOf(KubernetesClientException.class);
        assertThat(create(OPTED_IN, labelled("emergency", "disabled"))).isNotNull();
        rig = new WebhookRig();
    }

    private Pod create(String namespace, Pod pod) {
        return user.resource(pod).inNamespace(namespace).create();
    }

    private static Container sidecar(Pod pod) {
        return PodGuards.sidecarOf(pod).orElseThrow();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                // The admission plugin that names it is not part of the API server's tests.
                .withServiceAccountName("default")
                .addNewContainer()
                .withName("app")
                .withImage("registry.example/app:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod labelled(String name, String inject) {
        return new PodBuilder(pod(name))
                .editMetadata()
                .addToLabels("fairlead.dev/inject", inject)
                .endMetadata()
                .build();
    }

    private void namespace(String name, Map<String, String> labels) {
        var client = server.client();
        if (client.namespaces().withName(name).get() != null) {
            return;
        }
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(name)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace(name)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("pods")
                        .withVerbs("create")
                        .endRule()
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "pods")
                        .addToSubjects(new Subject("rbac.authorization.k8s.io", "User", "injection-test-user", null))
                        .build())
                .create();
    }

    /** As the chart does, but by address. */
    private void register() {
        var webhooks =
                List.of(webhook("namespace", "In", "NotIn", "disabled"), webhook("pod", "NotIn", "In", "enabled"));
        server.client()
                .resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(CONFIGURATION)
                        .endMetadata()
                        .withWebhooks(webhooks.stream()
                                .map(MutatingWebhookBuilder::build)
                                .toList())
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    private MutatingWebhookBuilder webhook(String name, String namespaceIs, String podIs, String podLabel) {
        var bundle = rig.trust.current().orElseThrow().caBundle();
        return new MutatingWebhookBuilder()
                .withName(name + ".injection-test.fairlead.dev")
                .withAdmissionReviewVersions("v1")
                .withSideEffects("NoneOnDryRun")
                .withTimeoutSeconds(30)
                .withFailurePolicy("Fail")
                .withReinvocationPolicy("IfNeeded")
                .withNewClientConfig()
                .withUrl(rig.url())
                .withCaBundle(Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.US_ASCII)))
                .endClientConfig()
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withResources("pods")
                .withOperations("CREATE")
                .withScope("Namespaced")
                .endRule()
                .withNewNamespaceSelector()
                .addToMatchExpressions(
                        new LabelSelectorRequirement("fairlead.dev/inject", namespaceIs, List.of("enabled")))
                .endNamespaceSelector()
                .withNewObjectSelector()
                .addToMatchExpressions(new LabelSelectorRequirement("fairlead.dev/inject", podIs, List.of(podLabel)))
                .endObjectSelector();
    }
}
