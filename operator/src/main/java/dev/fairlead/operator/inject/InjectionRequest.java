package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * All that a decision depends on, besides settings.
 *
 * @param pod as it is to be admitted; nobody changes it
 * @param namespace where
 * @param namespaceLabels that namespace's
 * @param caBundle PEM certificates that a new sidecar is to trust
 */
public record InjectionRequest(Pod pod, String namespace, Map<String, String> namespaceLabels, String caBundle) {
    public InjectionRequest {
        namespaceLabels = Map.copyOf(namespaceLabels);
    }
}
