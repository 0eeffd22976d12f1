package dev.fairlead.operator.inject;

import dev.fairlead.operator.serve.PodCheck;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether a pod that exists is as injection writes pods: the last line before keys are sent, for pods that never came past
 * the webhook or were changed after it. Safe on every thread.
 */
public final class InjectedPodCheck implements PodCheck {
    private final PodGuards guards;

    /**
     * @param settings what injection writes today
     * @param issuedBundle whether a CA bundle is one of Fairlead's, now or before: {@link IssuedBundles}
     */
    public InjectedPodCheck(InjectionSettings settings, Predicate<String> issuedBundle) {
        this.guards = new PodGuards(settings, issuedBundle);
    }

    @Override
    public Optional<String> objection(Pod pod) {
        if (pod.getSpec() == null) {
            return Optional.of("the pod has no spec");
        }
        if (PodGuards.sidecarOf(pod).isEmpty()) {
            return Optional.of("spec.initContainers has no container 'fairlead'");
        }
        var volumes = pod.getSpec().getVolumes().stream()
                .map(Volume::getName)
                .filter(InjectionNames::isOurVolume)
                .collect(Collectors.toSet());
        if (volumes.size() < SidecarVolumes.COUNT) {
            return Optional.of("the pod lacks one of the volumes 'fairlead-token' and 'fairlead-state'");
        }
        if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
            return Optional.of("spec.hostNetwork is true: the sidecar would serve every process of the node");
        }
        return guards.finding(pod).map(Finding::detail);
    }
}
