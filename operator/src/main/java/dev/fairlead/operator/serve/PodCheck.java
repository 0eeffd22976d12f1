package dev.fairlead.operator.serve;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Whether a pod's sidecar is as injection writes it, so that it may be given keys. Pure. */
@FunctionalInterface
public interface PodCheck {
    /** What is wrong with it, empty for nothing. */
    Optional<String> objection(Pod pod);
}
