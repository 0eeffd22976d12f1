package dev.fairlead.operator.control;

import dev.fairlead.operator.inject.NamespaceLabels;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * Asks the API server, which is there: it has just asked us. An informer would not know yet of a label that was set a moment
 * before the first pod came.
 */
record NamespaceLookup(KubernetesClient client) implements NamespaceLabels {
    @Override
    public Map<String, String> of(String namespace) {
        var found = client.namespaces().withName(namespace).get();
        if (found == null) {
            throw new IllegalStateException("namespace '" + namespace + "' does not exist");
        }
        var labels = found.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
