package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Requests and limits of a pod's sidecar. */
final class SidecarResources {
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";

    private final SidecarSize size;

    SidecarResources(SidecarSize size) {
        this.size = size;
    }

    /** For a pod whose annotations are without objection. */
    ResourceRequirements of(Pod pod) {
        var annotations = new Annotations(pod);
        var cpuRequest = annotations.cpu().orElse(size.cpuRequest());
        var cpuLimit = size.cpuLimit() == null ? null : annotations.cpu().orElse(size.cpuLimit());
        var memoryRequest = annotations.memory().orElse(size.memoryRequest());
        var memoryLimit = annotations.memory().orElse(size.memoryLimit());
        if (isGuaranteed(pod)) {
            // One container whose request is not its limit makes the whole pod Burstable: first to be evicted.
            cpuRequest = cpuLimit == null ? cpuRequest : cpuLimit;
            cpuLimit = cpuRequest;
            memoryRequest = memoryLimit;
        }
        var resources = new ResourceRequirementsBuilder()
                .addToRequests(CPU, cpuRequest)
                .addToRequests(MEMORY, memoryRequest)
                .addToLimits(MEMORY, memoryLimit);
        return cpuLimit == null
                ? resources.build()
                : resources.addToLimits(CPU, cpuLimit).build();
    }

    /** Whether the application's containers alone make it so; resources of the pod itself do whatever containers say. */
    private static boolean isGuaranteed(Pod pod) {
        if (pod.getSpec().getResources() != null) {
            return false;
        }
        List<Container> containers = Stream.concat(
                        pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .filter(container -> !InjectionNames.CONTAINER.equals(container.getName()))
                .toList();
        return !containers.isEmpty() && containers.stream().allMatch(SidecarResources::isGuaranteed);
    }

    private static boolean isGuaranteed(Container container) {
        var resources = container.getResources();
        if (resources == null || resources.getLimits() == null) {
            return false;
        }
        Map<String, Quantity> requests = resources.getRequests() == null ? Map.of() : resources.getRequests();
        return Stream.of(CPU, MEMORY).allMatch(name -> {
            var limit = resources.getLimits().get(name);
            // A request that is not written becomes the limit.
            return limit != null && limit.equals(requests.getOrDefault(name, limit));
        });
    }
}
