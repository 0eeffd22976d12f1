package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/** The containers that may call models: the application's, and init containers that start after the sidecar. */
final class AppContainers {
    private final MeshContainers mesh = new MeshContainers();
    private final SidecarPosition position = new SidecarPosition();

    /**
     * One of them.
     *
     * @param path where it is in the pod, as a JSON pointer
     */
    record Placed(String path, Container container) {}

    List<Placed> of(Pod pod) {
        var placed = new ArrayList<Placed>();
        var initContainers = pod.getSpec().getInitContainers();
        collect(placed, "/spec/initContainers/", initContainers, position.firstAfter(initContainers));
        collect(placed, "/spec/containers/", pod.getSpec().getContainers(), 0);
        return placed;
    }

    private void collect(List<Placed> placed, String path, List<Container> containers, int first) {
        for (int i = first; i < containers.size(); i++) {
            if (!mesh.includes(containers.get(i))) {
                placed.add(new Placed(path + i, containers.get(i)));
            }
        }
    }
}
