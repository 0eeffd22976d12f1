package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** One change of a pod. Of a pod that has it already, nothing is left to do. */
@FunctionalInterface
interface PodEdit {
    /** What is to be done, in order. Never changes the pod itself. */
    List<PatchOperation> operations(Pod pod);
}
