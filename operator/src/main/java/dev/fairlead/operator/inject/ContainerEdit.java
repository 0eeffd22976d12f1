package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the sidecar: a native one, so that Jobs end and init containers can use it. First of the init containers, but after
 * those of a mesh: with the mesh's redirection in place and its proxy not started, it could reach nobody, and the proxy behind
 * it would wait for it for ever.
 */
final class ContainerEdit implements PodEdit {
    private final ObjectMapper json;
    private final Function<Pod, Container> sidecar;
    private final SidecarPosition position = new SidecarPosition();

    ContainerEdit(ObjectMapper json, Function<Pod, Container> sidecar) {
        this.json = json;
        this.sidecar = sidecar;
    }

    @Override
    public List<PatchOperation> operations(Pod pod) {
        var containers = pod.getSpec().getInitContainers();
        int now = SidecarPosition.now(containers);
        if (now < 0 && containers.isEmpty()) {
            return List.of(PatchOperation.add(
                    "/spec/initContainers", json.createArrayNode().add(json.valueToTree(sidecar.apply(pod)))));
        }
        if (now < 0) {
            return List.of(
                    PatchOperation.add(at(position.afterInsertion(containers)), json.valueToTree(sidecar.apply(pod))));
        }
        int wanted = position.afterMove(containers);
        return wanted == now ? List.of() : List.of(PatchOperation.move(at(now), at(wanted)));
    }

    private static String at(int index) {
        return "/spec/initContainers/" + index;
    }
}
