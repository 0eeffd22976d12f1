package dev.fairlead.operator.inject;

import dev.fairlead.operator.inject.InjectionDecision.Deny;
import dev.fairlead.operator.inject.InjectionDecision.Inject;
import dev.fairlead.operator.inject.InjectionDecision.Skip;
import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.operator.trust.TrustSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.javaoperatorsdk.webhook.admission.AdmissionController;
import io.javaoperatorsdk.webhook.admission.AdmissionRequestHandler;
import io.javaoperatorsdk.webhook.admission.AdmissionUtils;
import io.javaoperatorsdk.webhook.admission.NotAllowedException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers reviews of pods that are to be created; what is not such a review is admitted as it is. A fault of ours refuses the
 * pod: one that asks for a sidecar is of no use without it. Blocks as long as looking up a namespace does.
 */
public final class PodReviews implements AdmissionRequestHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodReviews.class);

    private final InjectionRules rules;
    private final TrustSource trust;
    private final NamespaceLabels namespaces;
    private final Announcer announcer;
    private final ReviewReader reader = new ReviewReader();
    private final AdmissionController<Pod> controller = new AdmissionController<>(this);

    /**
     * @param rules what decides
     * @param trust which certificates new sidecars are to trust
     * @param namespaces their labels
     * @param observer counts
     * @param events told of pods that got no sidecar
     * @param clock by which Events are kept few
     */
    public PodReviews(
            InjectionRules rules,
            TrustSource trust,
            NamespaceLabels namespaces,
            InjectionObserver observer,
            InjectionEvents events,
            Clock clock) {
        this.rules = rules;
        this.trust = trust;
        this.namespaces = namespaces;
        this.announcer = new Announcer(observer, events, clock);
    }

    /** The answer to a review, both as JSON. */
    byte[] answer(byte[] review) throws UnreadableReviewException {
        return reader.write(controller.handle(reader.read(review)));
    }

    /** A request was not answered with a review. */
    void refused(ReviewFault fault) {
        announcer.refused(fault);
    }

    @Override
    public AdmissionResponse handle(AdmissionRequest request) {
        if (!(request.getObject() instanceof Pod pod)) {
            return AdmissionUtils.allowedAdmissionResponse();
        }
        boolean dryRun = Boolean.TRUE.equals(request.getDryRun());
        try {
            return response(pod, request.getNamespace(), dryRun);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("namespace", request.getNamespace())
                    .log("pod not decided about");
            return refusal(
                    pod, request.getNamespace(), dryRun, 500, InjectionReason.INTERNAL_ERROR, "try again shortly");
        }
    }

    private AdmissionResponse response(Pod pod, String namespace, boolean dryRun) {
        String caBundle = trust.current()
                .map(TrustMaterial::caBundle)
                .orElseThrow(() -> new IllegalStateException("no certificates have been issued yet"));
        var decision = rules.decide(new InjectionRequest(pod, namespace, namespaces.of(namespace), caBundle));
        if (decision instanceof Inject inject) {
            announce(pod, namespace, dryRun, inject.reason(), "");
            return patched(inject);
        }
        if (decision instanceof Skip skip) {
            announce(pod, namespace, dryRun, skip.reason(), skip.detail());
            return skipped(skip);
        }
        var deny = (Deny) decision;
        return refusal(pod, namespace, dryRun, 403, deny.reason(), deny.detail());
    }

    private AdmissionResponse patched(Inject inject) {
        var response = AdmissionUtils.allowedAdmissionResponse();
        if (!inject.patch().isEmpty()) {
            response.setPatchType(AdmissionUtils.JSON_PATCH);
            response.setPatch(Base64.getEncoder().encodeToString(reader.write(inject.patch())));
        }
        response.setWarnings(inject.warnings());
        return response;
    }

    /** Only who asked for a sidecar in the pod itself is told that there is none. */
    private static AdmissionResponse skipped(Skip skip) {
        var response = AdmissionUtils.allowedAdmissionResponse();
        if (skip.asked()) {
            response.setWarnings(List.of("fairlead: no sidecar: " + skip.detail() + " ("
                    + skip.reason().text() + ")"));
        }
        return response;
    }

    private AdmissionResponse refusal(
            Pod pod, String namespace, boolean dryRun, int code, InjectionReason reason, String detail) {
        announce(pod, namespace, dryRun, reason, detail);
        return AdmissionUtils.notAllowedExceptionToAdmissionResponse(new NotAllowedException(new StatusBuilder()
                .withCode(code)
                .withMessage("fairlead: " + reason.text() + ": " + reason.meaning() + " Here: " + detail + ".")
                .build()));
    }

    private void announce(Pod pod, String namespace, boolean dryRun, InjectionReason reason, String detail) {
        if (!dryRun) {
            announcer.decided(pod, namespace, reason, detail);
        }
    }

    @Override
    public void close() {
        announcer.close();
    }
}
