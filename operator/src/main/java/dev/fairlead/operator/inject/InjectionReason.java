package dev.fairlead.operator.inject;

/**
 * Why a pod got a sidecar, got none, or was refused. Part of the API: names are Event reasons, labels are values of a metric;
 * {@code docs/inject.md} has a row for each.
 */
public enum InjectionReason {
    /** The usual. */
    INJECTED(Outcome.INJECT, "Injected", "injected", "The pod was given its sidecar."),
    /** Called again, after another webhook. */
    ALREADY_INJECTED(
            Outcome.INJECT,
            "AlreadyInjected",
            "already_injected",
            "The pod has its sidecar already, as it should be: nothing was changed."),
    /** Not for us. */
    SYSTEM_NAMESPACE(
            Outcome.SKIP,
            "SystemNamespace",
            "system_namespace",
            "Pods of `kube-system`, `kube-node-lease`, `kube-public` and of Fairlead's own namespace get no sidecar."),
    /** A static pod's reflection. */
    MIRROR_POD(
            Outcome.SKIP,
            "MirrorPod",
            "mirror_pod",
            "The pod mirrors a static pod, which its kubelet has started already: nothing can be added to it."),
    /** It said no. */
    OPTED_OUT(
            Outcome.SKIP,
            "OptedOut",
            "opted_out",
            "The pod carries the label `fairlead.dev/inject: disabled`, which beats its namespace's."),
    /** Nobody said yes. */
    NOT_OPTED_IN(
            Outcome.SKIP,
            "NotOptedIn",
            "not_opted_in",
            "Neither the pod nor its namespace carries the label `fairlead.dev/inject: enabled`."),
    /** Its localhost is the node's. */
    HOST_NETWORK(
            Outcome.SKIP,
            "HostNetwork",
            "host_network",
            "The pod uses the network of its node, where a sidecar would serve every process of the node."),
    /** The image is for Linux. */
    WINDOWS(Outcome.SKIP, "Windows", "windows", "The pod runs on Windows; the sidecar is built for Linux only."),
    /** Its processes are everybody's. */
    SHARED_PROCESSES(
            Outcome.DENY,
            "SharedProcesses",
            "shared_processes",
            "The pod shares process ids (`shareProcessNamespace` or `hostPID`): others could read the sidecar's memory and files."),
    /** Looks like ours, is not. */
    CONTAINER_IMITATED(
            Outcome.DENY,
            "ContainerImitated",
            "container_imitated",
            "A container is named `fairlead` and is not what injection writes; it would be given keys."),
    /** Ours in name. */
    VOLUME_IMITATED(
            Outcome.DENY,
            "VolumeImitated",
            "volume_imitated",
            "A volume is named `fairlead-token` or `fairlead-state` and is not what injection writes."),
    /** Theirs to read. */
    VOLUME_SHARED(
            Outcome.DENY,
            "VolumeShared",
            "volume_shared",
            "A container other than the sidecar mounts one of the sidecar's volumes."),
    /** A second way to a token. */
    TOKEN_REQUESTED(
            Outcome.DENY,
            "TokenRequested",
            "token_requested",
            "A volume asks for a ServiceAccount token of audience `fairlead.dev/config`, which is for sidecars alone."),
    /** Ours to write. */
    LABEL_IMITATED(
            Outcome.DENY,
            "LabelImitated",
            "label_imitated",
            "The pod carries the label `fairlead.dev/injected`, which injection alone writes, and has no sidecar."),
    /** Cannot be read. */
    ANNOTATION_INVALID(
            Outcome.DENY,
            "AnnotationInvalid",
            "annotation_invalid",
            "An annotation `fairlead.dev/...` has a value that cannot be read, or that is out of bounds."),
    /** Our fault. */
    INTERNAL_ERROR(
            Outcome.DENY,
            "InternalError",
            "internal_error",
            "Fairlead could not decide, by a fault of its own: the operator's log says more.");

    /** What becomes of the pod. */
    public enum Outcome {
        /** It is admitted with a sidecar. */
        INJECT,
        /** It is admitted as it is. */
        SKIP,
        /** It is refused. */
        DENY
    }

    private final Outcome outcome;
    private final String text;
    private final String label;
    private final String meaning;

    InjectionReason(Outcome outcome, String text, String label, String meaning) {
        this.outcome = outcome;
        this.text = text;
        this.label = label;
        this.meaning = meaning;
    }

    /** What becomes of the pod. */
    public Outcome outcome() {
        return outcome;
    }

    /** The reason of its Event. */
    public String text() {
        return text;
    }

    /** The value of the metric's label {@code reason}. */
    public String label() {
        return label;
    }

    /** One sentence, as the documentation prints it. */
    public String meaning() {
        return meaning;
    }
}
