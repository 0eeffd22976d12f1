package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The injected pods that exist, by uid. Answers from memory; safe on every thread. Nobody changes what it returns. */
public interface PodIndex {
    /** The pod as it is now. */
    Optional<Pod> find(String uid);

    /** Whose calls the pod's sidecar carries. */
    Optional<Workload> workloadOf(String uid);

    /** The uids of all that have not ended. */
    Set<String> uids();

    /** Calls {@code listener} with a pod's uid whenever it was added, changed or deleted; it must not block. */
    void onChange(Consumer<String> listener);
}
