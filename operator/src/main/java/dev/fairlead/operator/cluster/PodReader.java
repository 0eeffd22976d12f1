package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * Whose calls a pod's sidecar carries. Pure.
 *
 * <p>The name is that of the top controller as far as the pod itself tells: a ReplicaSet whose name ends with the pod's template
 * hash belongs to a Deployment; that a Job belongs to a CronJob stands only in the Job.
 */
public final class PodReader {
    private static final String TEMPLATE_HASH = "pod-template-hash";

    /** The workload of an existing pod. */
    public Workload read(Pod pod) {
        var metadata = pod.getMetadata();
        Map<String, String> labels = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        return new Workload(metadata.getNamespace(), name(pod, labels), serviceAccount(pod), labels);
    }

    private static String name(Pod pod, Map<String, String> labels) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .map(owner -> name(owner, labels.get(TEMPLATE_HASH)))
                .orElseGet(() -> "Pod/" + pod.getMetadata().getName());
    }

    private static String name(OwnerReference owner, String templateHash) {
        String ending = "-" + templateHash;
        if (templateHash != null
                && owner.getKind().equals("ReplicaSet")
                && owner.getName().endsWith(ending)
                && owner.getName().length() > ending.length()) {
            return "Deployment/" + owner.getName().substring(0, owner.getName().length() - ending.length());
        }
        return owner.getKind() + "/" + owner.getName();
    }

    private static String serviceAccount(Pod pod) {
        String name = pod.getSpec() == null ? null : pod.getSpec().getServiceAccountName();
        return name == null || name.isBlank() ? "default" : name;
    }
}
