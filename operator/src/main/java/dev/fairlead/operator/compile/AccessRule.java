package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Access;
import dev.fairlead.api.v1alpha1.AccessDenial;
import dev.fairlead.api.v1alpha1.AllowedFrom;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import java.util.List;
import java.util.Optional;

/**
 * Who may call one route. The namespace that the route stands in needs no leave; whoever is denied has none. Where nothing is
 * said about namespaces, {@code Open} and {@code Subscription} speak to all of them.
 */
final class AccessRule {
    private static final List<String> MODES = List.of("Namespace", "Open", "Subscription");

    private final ObjectRef route;
    private final String mode;
    private final Admittance admittance;
    private final List<AccessDenial> denied;

    private AccessRule(ObjectRef route, String mode, Admittance admittance, List<AccessDenial> denied) {
        this.route = route;
        this.mode = mode;
        this.admittance = admittance;
        this.denied = denied;
    }

    static AccessRule of(ObjectRef route, Access written, Fields fields, Namespaces namespaces) {
        var access = written == null ? new Access() : written;
        String mode = fields.word("spec.access.mode", access.getMode(), MODES, "Namespace");
        var allowedFrom = access.getAllowedFrom();
        if (allowedFrom == null && !mode.equals("Namespace")) {
            allowedFrom = new AllowedFrom();
            allowedFrom.setNamespaces("All");
        }
        var admittance = Admittance.of(route.namespace(), allowedFrom, "spec.access.allowedFrom", fields, namespaces);
        if (!mode.equals("Namespace") && admittance.closed()) {
            fields.say(
                    Severity.WARNING,
                    ConditionType.ACCEPTED,
                    Reason.OPENS_TO_NOBODY,
                    "spec.access.allowedFrom",
                    "lets in nobody but namespace '" + route.namespace() + "', although spec.access.mode is " + mode
                            + ": leave it out for all namespaces, or set its namespaces to Selector");
        }
        return new AccessRule(route, mode, admittance, access.getDenied());
    }

    /** Whether workloads of the namespace may know of the route. */
    boolean admits(String namespace) {
        return namespace.equals(route.namespace()) || (!mode.equals("Namespace") && admittance.admits(namespace));
    }

    /** Whether a namespace that is admitted still needs a Subscription. */
    boolean needsSubscription(String namespace) {
        return mode.equals("Subscription") && !namespace.equals(route.namespace());
    }

    boolean denies(Caller caller) {
        return denied.stream()
                .anyMatch(denial -> denial != null
                        && (caller.namespace().equals(denial.getNamespace())
                                || (caller.tenancy().explicit()
                                        && caller.tenancy().name().equals(denial.getTenant()))));
    }

    AccessDecision decide(Caller caller, Optional<Grant> grant, boolean usable) {
        if (!admits(caller.namespace())) {
            return AccessDecision.invisible();
        }
        boolean subscription = needsSubscription(caller.namespace());
        if (denies(caller)) {
            return denial(caller, subscription ? grant : Optional.empty(), subscription);
        }
        if (!usable) {
            return AccessDecision.refused(
                    ErrorCode.NOT_CONFIGURED, route + " has an error that those who own it have to mend");
        }
        if (subscription) {
            return bySubscription(caller, grant);
        }
        return AccessDecision.open(caller.namespace().equals(route.namespace()) ? Audience.OWN : Audience.OPEN);
    }

    private AccessDecision denial(Caller caller, Optional<Grant> grant, boolean subscription) {
        if (grant.isPresent() && grant.get().decision() == Grant.Decision.REVOKED) {
            return bySubscription(caller, grant);
        }
        return AccessDecision.refused(
                subscription ? ErrorCode.SUBSCRIPTION_DENIED : ErrorCode.MODEL_NOT_ALLOWED,
                route + " is denied to namespace '" + caller.namespace() + "' by those who own it");
    }

    private AccessDecision bySubscription(Caller caller, Optional<Grant> best) {
        if (best.isEmpty()) {
            return AccessDecision.refused(
                    ErrorCode.SUBSCRIPTION_REQUIRED,
                    route + " needs a Subscription in namespace '" + caller.namespace() + "' with routeRef {name: "
                            + route.name() + ", namespace: " + route.namespace() + "}");
        }
        var grant = best.get();
        String subject = "Subscription " + grant.subscription() + " to " + route;
        return switch (grant.decision()) {
            case APPROVED -> AccessDecision.subscribed(grant);
            case PENDING -> AccessDecision.refused(ErrorCode.SUBSCRIPTION_PENDING, subject + " waits for approval");
            case REVOKED ->
                AccessDecision.refused(ErrorCode.SUBSCRIPTION_REVOKED, subject + " was revoked" + because(grant));
            case DENIED ->
                AccessDecision.refused(ErrorCode.SUBSCRIPTION_DENIED, subject + " was denied" + because(grant));
        };
    }

    private static String because(Grant grant) {
        return grant.message().isEmpty() ? "" : ": " + grant.message();
    }
}
