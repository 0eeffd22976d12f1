package dev.fairlead.operator.serve;

import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;

/** Whether the pod that a token is bound to may have keys, by what the cluster says of it. */
final class PodGate {
    private final PodIndex pods;
    private final PodCheck check;

    PodGate(PodIndex pods, PodCheck check) {
        this.pods = pods;
        this.check = check;
    }

    /** Why it may not open a stream. */
    Optional<Refusal> objection(Authenticated caller) {
        if (caller.podUid().isEmpty() || caller.podName().isEmpty()) {
            return forbidden("pod_not_bound", "the bearer token is not bound to a pod");
        }
        // The API server says yes to the token of a pod for a while after the pod has gone.
        var found = pods.find(caller.podUid());
        if (found.isEmpty()) {
            return forbidden("pod_unknown", "there is no injected pod " + name(caller) + " of that uid");
        }
        var pod = found.get();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return forbidden("pod_deleting", "pod " + name(caller) + " is being deleted");
        }
        return objection(caller, pod);
    }

    /** Why an open stream has to end. A pod that is being deleted keeps its own: its last calls still need it. */
    Optional<Refusal> objectionToStay(Authenticated caller) {
        var pod = pods.find(caller.podUid());
        return pod.isEmpty()
                ? forbidden("pod_unknown", "pod " + name(caller) + " has been deleted")
                : objection(caller, pod.get());
    }

    private Optional<Refusal> objection(Authenticated caller, Pod pod) {
        var metadata = pod.getMetadata();
        var spec = pod.getSpec();
        if (spec == null
                || !Objects.equals(metadata.getNamespace(), caller.namespace())
                || !Objects.equals(metadata.getName(), caller.podName())
                || !serviceAccount(spec.getServiceAccountName()).equals(caller.serviceAccount())) {
            return forbidden("pod_mismatch", "the bearer token is not of pod " + name(caller) + " as it is now");
        }
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            return forbidden("pod_finished", "pod " + name(caller) + " has ended: " + phase);
        }
        return check.objection(pod)
                .flatMap(why -> forbidden("pod_not_as_injected", "pod " + name(caller) + ": " + why));
    }

    private static String serviceAccount(String name) {
        return name == null || name.isEmpty() ? "default" : name;
    }

    private static String name(Authenticated caller) {
        return caller.namespace() + "/" + caller.podName();
    }

    private static Optional<Refusal> forbidden(String code, String message) {
        return Optional.of(new Refusal(403, code, message));
    }
}
