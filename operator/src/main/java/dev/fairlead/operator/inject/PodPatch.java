package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/** All that is left to do to give a pod its sidecar. Pure; a pod that has had it applied has nothing left to do. */
final class PodPatch {
    private final ObjectMapper json;
    private final InjectionSettings settings;
    private final NoProxyEdit noProxy;

    PodPatch(ObjectMapper json, InjectionSettings settings) {
        this.json = json;
        this.settings = settings;
        this.noProxy = new NoProxyEdit(json);
    }

    /**
     * The operations, in order.
     *
     * @param caBundle PEM certificates that a new sidecar is to trust
     */
    List<PatchOperation> operations(Pod pod, String caBundle) {
        var operations = new ArrayList<PatchOperation>();
        for (var edit : edits(caBundle)) {
            operations.addAll(edit.operations(pod));
        }
        return operations;
    }

    List<String> warnings(Pod pod) {
        return noProxy.warnings(pod);
    }

    /** The containers' environment comes before the sidecar, which would shift the indices of init containers. */
    private List<PodEdit> edits(String caBundle) {
        var resources = new SidecarResources(settings.size());
        var container = new SidecarContainer(settings);
        return List.of(
                new AppEnvEdit(json),
                noProxy,
                new ContainerEdit(json, pod -> container.with(caBundle, resources.of(pod))),
                new VolumesEdit(json),
                new LabelEdit(json),
                new DefaultContainerEdit(json));
    }
}
