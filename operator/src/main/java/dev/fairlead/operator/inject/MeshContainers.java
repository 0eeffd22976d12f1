package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.Set;

/** Containers of service meshes: they carry the sidecar's own traffic, so that it starts after them. */
final class MeshContainers {
    private static final Set<String> PREFIXES = Set.of("istio-", "linkerd-", "kuma-", "consul-");
    private static final Set<String> NAMES = Set.of("envoy", "proxyinit", "osm-init", "enable-core-dump");

    boolean includes(Container container) {
        String name = container.getName() == null ? "" : container.getName();
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Where the last of them is, -1 for nowhere. */
    int lastIn(List<Container> containers) {
        int last = -1;
        for (int i = 0; i < containers.size(); i++) {
            last = includes(containers.get(i)) ? i : last;
        }
        return last;
    }
}
