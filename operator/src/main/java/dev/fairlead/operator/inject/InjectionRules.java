package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairlead.operator.inject.InjectionDecision.Deny;
import dev.fairlead.operator.inject.InjectionDecision.Inject;
import dev.fairlead.operator.inject.InjectionDecision.Skip;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides what is to become of a pod. Pure, and safe on every thread. */
public final class InjectionRules {
    private static final Set<String> SYSTEM_NAMESPACES = Set.of("kube-system", "kube-public", "kube-node-lease");

    private final InjectionSettings settings;
    private final PodGuards guards;
    private final PodPatch patch;

    /**
     * @param settings what is to be written
     * @param issuedBundle whether a CA bundle is one of Fairlead's: {@link IssuedBundles}
     */
    public InjectionRules(InjectionSettings settings, Predicate<String> issuedBundle) {
        ObjectMapper json = JsonMapper.builder().build();
        this.settings = settings;
        this.guards = new PodGuards(settings, issuedBundle);
        this.patch = new PodPatch(json, settings);
    }

    /** The first rule that applies decides. */
    public InjectionDecision decide(InjectionRequest request) {
        boolean asked = InjectionNames.ENABLED.equals(label(request.pod()));
        var skipped = notOurs(request)
                .or(() -> notAsked(request, asked))
                .or(() -> impossible(request.pod()))
                .map(finding -> new Skip(finding.reason(), finding.detail(), asked));
        if (skipped.isPresent()) {
            return skipped.get();
        }
        return guards.finding(request.pod())
                .or(() -> imitatedLabel(request.pod()))
                .or(() -> new Annotations(request.pod())
                        .objection(settings.size())
                        .map(detail -> new Finding(InjectionReason.ANNOTATION_INVALID, detail)))
                .<InjectionDecision>map(finding -> new Deny(finding.reason(), finding.detail()))
                .orElseGet(() ->
                        new Inject(patch.operations(request.pod(), request.caBundle()), patch.warnings(request.pod())));
    }

    private Optional<Finding> notOurs(InjectionRequest request) {
        if (SYSTEM_NAMESPACES.contains(request.namespace())
                || request.namespace().equals(settings.namespace())) {
            return found(InjectionReason.SYSTEM_NAMESPACE, "its namespace is " + request.namespace());
        }
        var annotations = request.pod().getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(InjectionNames.MIRROR_ANNOTATION)
                ? found(InjectionReason.MIRROR_POD, "it has the annotation " + InjectionNames.MIRROR_ANNOTATION)
                : Optional.empty();
    }

    private static Optional<Finding> notAsked(InjectionRequest request, boolean asked) {
        if (InjectionNames.DISABLED.equals(label(request.pod()))) {
            return found(InjectionReason.OPTED_OUT, "its label fairlead.dev/inject is disabled");
        }
        String ofNamespace = request.namespaceLabels().get(InjectionNames.INJECT_LABEL);
        return asked || InjectionNames.ENABLED.equals(ofNamespace)
                ? Optional.empty()
                : found(
                        InjectionReason.NOT_OPTED_IN,
                        "label fairlead.dev/inject is '" + orNothing(label(request.pod())) + "' on the pod and '"
                                + orNothing(ofNamespace) + "' on its namespace, expected 'enabled' on one of them");
    }

    private static Optional<Finding> impossible(Pod pod) {
        var spec = pod.getSpec();
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            return found(InjectionReason.HOST_NETWORK, "spec.hostNetwork is true");
        }
        if (spec.getOs() != null && "windows".equals(spec.getOs().getName())) {
            return found(InjectionReason.WINDOWS, "spec.os.name is windows");
        }
        var selector = spec.getNodeSelector() == null ? Map.<String, String>of() : spec.getNodeSelector();
        return "windows".equals(selector.get("kubernetes.io/os"))
                ? found(InjectionReason.WINDOWS, "spec.nodeSelector asks for kubernetes.io/os: windows")
                : Optional.empty();
    }

    private static Optional<Finding> imitatedLabel(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return labels != null
                        && labels.containsKey(InjectionNames.INJECTED_LABEL)
                        && PodGuards.sidecarOf(pod).isEmpty()
                ? found(
                        InjectionReason.LABEL_IMITATED,
                        "label fairlead.dev/injected is there and container 'fairlead' is not: remove the label"
                                + " from the pod or its template")
                : Optional.empty();
    }

    private static String label(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return labels == null ? null : labels.get(InjectionNames.INJECT_LABEL);
    }

    private static String orNothing(String label) {
        return label == null ? "" : label;
    }

    private static Optional<Finding> found(InjectionReason reason, String detail) {
        return Optional.of(new Finding(reason, detail));
    }
}
