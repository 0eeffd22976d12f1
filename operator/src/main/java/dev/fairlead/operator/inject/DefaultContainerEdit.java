package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** Lets {@code kubectl logs} and {@code kubectl exec} go to the application where they are told no container. */
final class DefaultContainerEdit implements PodEdit {
    private final ObjectMapper json;
    private final MeshContainers mesh = new MeshContainers();

    DefaultContainerEdit(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public List<PatchOperation> operations(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        var application = pod.getSpec().getContainers().stream()
                .filter(container -> container.getName() != null && !mesh.includes(container))
                .findFirst();
        if (application.isEmpty()) {
            return List.of();
        }
        String name = application.get().getName();
        if (annotations == null || annotations.isEmpty()) {
            return List.of(PatchOperation.add(
                    "/metadata/annotations",
                    json.valueToTree(Map.of(InjectionNames.DEFAULT_CONTAINER_ANNOTATION, name))));
        }
        return annotations.containsKey(InjectionNames.DEFAULT_CONTAINER_ANNOTATION)
                ? List.of()
                : List.of(PatchOperation.add(
                        "/metadata/annotations/" + PatchOperation.escaped(InjectionNames.DEFAULT_CONTAINER_ANNOTATION),
                        json.getNodeFactory().textNode(name)));
    }
}
