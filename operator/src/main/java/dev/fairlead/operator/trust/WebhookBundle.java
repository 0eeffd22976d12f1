package dev.fairlead.operator.trust;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the API server whom to trust: the {@code caBundle} of every webhook of one configuration. */
final class WebhookBundle {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookBundle.class);

    private final KubernetesClient client;
    private final String name;

    WebhookBundle(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    Resource<MutatingWebhookConfiguration> object() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(name);
    }

    /** Makes every entry trust {@code bundle} (PEM); writes only what differs. No configuration is nothing to do. */
    void publish(String bundle) {
        MutatingWebhookConfiguration configuration = object().get();
        if (configuration == null) {
            return;
        }
        String encoded = Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.UTF_8));
        List<Map<String, String>> patch = patch(configuration.getWebhooks(), encoded);
        if (patch.isEmpty()) {
            return;
        }
        object().patch(
                        PatchContext.of(PatchType.JSON),
                        client.getKubernetesSerialization().asJson(patch));
        LOG.atInfo()
                .addKeyValue("webhookConfiguration", name)
                .addKeyValue("webhooks", patch.size() / 2)
                .log("caBundle of the webhook was updated");
    }

    /** Each change is tied to the entry's name: an entry that has moved meanwhile fails the patch instead of another's change. */
    private static List<Map<String, String>> patch(List<MutatingWebhook> webhooks, String bundle) {
        List<Map<String, String>> patch = new ArrayList<>();
        for (int i = 0; i < webhooks.size(); i++) {
            if (!bundle.equals(webhooks.get(i).getClientConfig().getCaBundle())) {
                String path = "/webhooks/" + i;
                patch.add(operation("test", path + "/name", webhooks.get(i).getName()));
                patch.add(operation("add", path + "/clientConfig/caBundle", bundle));
            }
        }
        return patch;
    }

    private static Map<String, String> operation(String op, String path, String value) {
        Map<String, String> operation = new LinkedHashMap<>();
        operation.put("op", op);
        operation.put("path", path);
        operation.put("value", value);
        return operation;
    }
}
