package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;

/** Where among the init containers the sidecar stands. */
final class SidecarPosition {
    private final MeshContainers mesh = new MeshContainers();

    /** -1 for nowhere. */
    static int now(List<Container> initContainers) {
        for (int i = 0; i < initContainers.size(); i++) {
            if (InjectionNames.CONTAINER.equals(initContainers.get(i).getName())) {
                return i;
            }
        }
        return -1;
    }

    /** Where it is to be inserted. */
    int afterInsertion(List<Container> initContainers) {
        return mesh.lastIn(initContainers) + 1;
    }

    /** Where it is to stand that is there already: where it is, if no mesh's container comes later. */
    int afterMove(List<Container> initContainers) {
        // What is moved leaves its place first, so that the last of the mesh moves up by one.
        return Math.max(now(initContainers), mesh.lastIn(initContainers));
    }

    /** The first of the init containers, by today's index, that starts after the sidecar. */
    int firstAfter(List<Container> initContainers) {
        return now(initContainers) < 0 ? afterInsertion(initContainers) : afterMove(initContainers) + 1;
    }
}
