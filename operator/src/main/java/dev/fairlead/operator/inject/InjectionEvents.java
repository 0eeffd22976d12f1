package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.ObjectReference;

/** Tells the cluster's users. Called on a thread of its own, apart from the answer, and not for dry runs; may block. */
@FunctionalInterface
public interface InjectionEvents {
    /**
     * To be shown with an object.
     *
     * @param regarding the pod's controller, or its namespace where it has none: a pod that is refused never exists
     * @param reason of outcome skip (an Event of type Normal) or deny (Warning)
     * @param note which pod, and what in it
     */
    void emit(ObjectReference regarding, InjectionReason reason, String note);
}
