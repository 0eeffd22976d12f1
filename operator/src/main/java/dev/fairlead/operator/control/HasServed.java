package dev.fairlead.operator.control;

import dev.fairlead.operator.inject.InjectionNames;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Whether a pod's sidecar has ever had a configuration, by what the kubelet says: before that nobody can have given it anything. */
final class HasServed {
    private HasServed() {}

    static boolean of(Pod pod) {
        var status = pod.getStatus();
        if (status == null) {
            return false;
        }
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .filter(container -> InjectionNames.CONTAINER.equals(container.getName()))
                .anyMatch(HasServed::of);
    }

    /** The startup probe asks whether there is a configuration; what was kept survives the process. */
    private static boolean of(ContainerStatus container) {
        return Boolean.TRUE.equals(container.getStarted())
                || (container.getRestartCount() != null && container.getRestartCount() > 0);
    }
}
