package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** Marks the pod, so that the operator's replicas watch injected pods only. */
final class LabelEdit implements PodEdit {
    static final String VALUE = "true";

    private final ObjectMapper json;

    LabelEdit(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public List<PatchOperation> operations(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        if (labels == null || labels.isEmpty()) {
            return List.of(PatchOperation.add(
                    "/metadata/labels", json.valueToTree(Map.of(InjectionNames.INJECTED_LABEL, VALUE))));
        }
        return VALUE.equals(labels.get(InjectionNames.INJECTED_LABEL))
                ? List.of()
                : List.of(PatchOperation.add(
                        "/metadata/labels/" + PatchOperation.escaped(InjectionNames.INJECTED_LABEL),
                        json.getNodeFactory().textNode(VALUE)));
    }
}
