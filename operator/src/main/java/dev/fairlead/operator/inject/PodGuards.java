package dev.fairlead.operator.inject;

import dev.fairlead.sidecar.control.ControlEnvironment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What no pod with a sidecar may have: ways for others to the sidecar's token and to the keys that it is given. */
final class PodGuards {
    private final SidecarLikeness likeness;
    private final List<Volume> written = new SidecarVolumes().all();

    PodGuards(InjectionSettings settings, Predicate<String> issuedBundle) {
        this.likeness = new SidecarLikeness(settings, issuedBundle);
    }

    /** The sidecar as injection writes it, where there is one of that name. */
    static Optional<Container> sidecarOf(Pod pod) {
        return pod.getSpec().getInitContainers().stream()
                .filter(container -> InjectionNames.CONTAINER.equals(container.getName()))
                .findFirst();
    }

    Optional<Finding> finding(Pod pod) {
        var spec = pod.getSpec();
        return sharedProcesses(spec)
                .or(() -> imitation(spec))
                .or(() -> volumeImitation(spec))
                .or(() -> sharedVolume(spec))
                .or(() -> requestedToken(spec));
    }

    private static Optional<Finding> sharedProcesses(PodSpec spec) {
        if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
            return found(InjectionReason.SHARED_PROCESSES, "spec.shareProcessNamespace is true, expected false");
        }
        return Boolean.TRUE.equals(spec.getHostPID())
                ? found(InjectionReason.SHARED_PROCESSES, "spec.hostPID is true, expected false")
                : Optional.empty();
    }

    private Optional<Finding> imitation(PodSpec spec) {
        for (var container : spec.getContainers()) {
            if (InjectionNames.CONTAINER.equals(container.getName())) {
                return found(
                        InjectionReason.CONTAINER_IMITATED,
                        "spec.containers has one named 'fairlead': that name is the sidecar's, which is written into"
                                + " spec.initContainers; choose another");
            }
        }
        for (var container : spec.getEphemeralContainers()) {
            if (InjectionNames.CONTAINER.equals(container.getName())) {
                return found(
                        InjectionReason.CONTAINER_IMITATED,
                        "spec.ephemeralContainers has one named 'fairlead': that name is the sidecar's");
            }
            if (InjectionNames.CONTAINER.equals(container.getTargetContainerName())) {
                return found(
                        InjectionReason.SHARED_PROCESSES,
                        "ephemeral container '" + container.getName() + "' targets container 'fairlead'");
            }
        }
        for (var container : spec.getInitContainers()) {
            if (InjectionNames.CONTAINER.equals(container.getName())) {
                var objection = likeness.objection(container);
                if (objection.isPresent()) {
                    return found(
                            InjectionReason.CONTAINER_IMITATED,
                            "container 'fairlead' is not as injection writes it: " + objection.get()
                                    + "; remove it from the pod, or keep the webhook that changed it from doing so");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> volumeImitation(PodSpec spec) {
        for (var volume : spec.getVolumes()) {
            if (InjectionNames.isOurVolume(volume.getName()) && !written.contains(volume)) {
                return found(
                        InjectionReason.VOLUME_IMITATED,
                        "volume '" + volume.getName()
                                + "' is not as injection writes it: that name is the sidecar's; choose another");
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> sharedVolume(PodSpec spec) {
        for (var container : (Iterable<Container>) containers(spec)::iterator) {
            if (!InjectionNames.CONTAINER.equals(container.getName())) {
                var mount = ours(container.getVolumeMounts());
                if (mount.isPresent()) {
                    return mounted("container", container.getName(), mount.get());
                }
            }
        }
        for (EphemeralContainer container : spec.getEphemeralContainers()) {
            var mount = ours(container.getVolumeMounts());
            if (mount.isPresent()) {
                return mounted("ephemeral container", container.getName(), mount.get());
            }
        }
        return Optional.empty();
    }

    private static Stream<Container> containers(PodSpec spec) {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }

    private static Optional<VolumeMount> ours(List<VolumeMount> mounts) {
        return mounts.stream()
                .filter(mount -> InjectionNames.isOurVolume(mount.getName()))
                .findFirst();
    }

    private static Optional<Finding> mounted(String kind, String container, VolumeMount mount) {
        return found(
                InjectionReason.VOLUME_SHARED,
                kind + " '" + container + "' mounts volume '" + mount.getName() + "', which is the sidecar's alone");
    }

    /** A token of our audience under another volume's name is as good as the sidecar's. */
    private static Optional<Finding> requestedToken(PodSpec spec) {
        return spec.getVolumes().stream()
                .filter(volume -> !InjectionNames.TOKEN_VOLUME.equals(volume.getName()))
                .filter(PodGuards::asksForOurAudience)
                .findFirst()
                .flatMap(volume -> found(
                        InjectionReason.TOKEN_REQUESTED,
                        "volume '" + volume.getName() + "' asks for a token of audience '" + ControlEnvironment.AUDIENCE
                                + "'"));
    }

    private static boolean asksForOurAudience(Volume volume) {
        return volume.getProjected() != null
                && volume.getProjected().getSources().stream()
                        .map(source -> source.getServiceAccountToken())
                        .filter(Objects::nonNull)
                        .anyMatch(token -> ControlEnvironment.AUDIENCE.equals(token.getAudience()));
    }

    private static Optional<Finding> found(InjectionReason reason, String detail) {
        return Optional.of(new Finding(reason, detail));
    }
}
