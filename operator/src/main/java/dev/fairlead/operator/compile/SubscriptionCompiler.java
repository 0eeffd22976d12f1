package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Approval;
import dev.fairlead.api.v1alpha1.RouteRef;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.SubscriptionSpec;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Subscriptions to what they give. One that cannot be read gives nothing. */
final class SubscriptionCompiler {
    private static final List<String> DECISIONS = List.of("Approved", "Denied", "Revoked");

    private final Map<String, CompiledRoute> routes;
    private final TenantIndex tenants;
    private final Set<ObjectRef> refused;
    private final Map<ObjectRef, List<String>> unreadable;
    private final Findings findings;

    SubscriptionCompiler(
            Map<String, CompiledRoute> routes,
            TenantIndex tenants,
            Set<ObjectRef> refused,
            Map<ObjectRef, List<String>> unreadable,
            Findings findings) {
        this.routes = routes;
        this.tenants = tenants;
        this.refused = refused;
        this.unreadable = unreadable;
        this.findings = findings;
    }

    SubscriptionIndex compileAll(List<Subscription> subscriptions) {
        return new SubscriptionIndex(subscriptions.stream()
                .map(this::compile)
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<SubscriptionIndex.Accepted> compile(Subscription subscription) {
        var ref = ObjectRef.of(subscription);
        var fields = new Fields(ref, findings);
        fields.unreadable(unreadable.getOrDefault(ref, List.of()));
        var spec = subscription.getSpec() == null ? new SubscriptionSpec() : subscription.getSpec();
        var routeRef = spec.getRouteRef() == null ? new RouteRef() : spec.getRouteRef();
        String name = fields.required("spec.routeRef.name", routeRef.getName());
        String namespace = routeRef.getNamespace() == null ? ref.namespace() : routeRef.getNamespace();
        if (spec.getWorkloads() != null) {
            new Selector(spec.getWorkloads().getSelector())
                    .problem()
                    .ifPresent(problem -> fields.invalid("spec.workloads.selector", problem));
        }
        var grant = grant(ref, spec, fields);
        if (!fields.usable()) {
            return Optional.empty();
        }
        if (refused.contains(new ObjectRef("AIRoute", namespace, name))) {
            fields.reject(
                    ConditionType.RESOLVED_REFS,
                    Reason.REF_NOT_ACCEPTED,
                    "spec.routeRef",
                    "'" + namespace + "/" + name + "' cannot be used: the AIRoute has an error of its own");
            return Optional.empty();
        }
        var route = routes.get(namespace + "/" + name);
        if (route == null || !route.access().admits(ref.namespace())) {
            fields.reject(
                    ConditionType.RESOLVED_REFS,
                    Reason.REF_NOT_PERMITTED,
                    "spec.routeRef",
                    "'" + namespace + "/" + name + "' is not available to namespace '" + ref.namespace()
                            + "': it does not exist or its spec.access does not include it");
            return Optional.empty();
        }
        var caller = new Caller(ref.namespace(), tenants.of(ref.namespace()));
        if (!route.access().needsSubscription(ref.namespace())) {
            sayDenial(route, caller, fields);
            fields.say(
                    Severity.INFO,
                    ConditionType.ACCEPTED,
                    Reason.NOT_NEEDED,
                    "spec.routeRef",
                    "names " + route.ref() + ", which is open to namespace '" + ref.namespace()
                            + "' without a Subscription");
            return Optional.empty();
        }
        sayDecision(grant, route, caller, fields);
        return Optional.of(
                new SubscriptionIndex.Accepted(ref.namespace(), route.ref().id(), spec.getWorkloads(), grant));
    }

    private static Grant grant(ObjectRef ref, SubscriptionSpec spec, Fields fields) {
        var approval = spec.getApproval() == null ? new Approval() : spec.getApproval();
        Long end = Stream.of(
                        Optional.ofNullable(fields.moment("spec.expiresAt", spec.getExpiresAt())),
                        Optional.ofNullable(fields.moment("spec.approval.notAfter", approval.getNotAfter())))
                .flatMap(Optional::stream)
                .min(Long::compare)
                .orElse(null);
        String decision = fields.word("spec.approval.decision", approval.getDecision(), DECISIONS, "");
        return new Grant(
                ref.id(),
                switch (decision) {
                    case "Approved" -> Grant.Decision.APPROVED;
                    case "Denied" -> Grant.Decision.DENIED;
                    case "Revoked" -> Grant.Decision.REVOKED;
                    default -> Grant.Decision.PENDING;
                },
                end,
                Objects.requireNonNullElse(approval.getMessage(), ""));
    }

    private static void sayDecision(Grant grant, CompiledRoute route, Caller caller, Fields fields) {
        switch (grant.decision()) {
            case PENDING ->
                sayNotApproved(
                        fields, Reason.PENDING_APPROVAL, "waits for the decision of those who own " + route.ref());
            case DENIED ->
                sayNotApproved(fields, Reason.DENIED_BY_OWNER, "is Denied: " + route.ref() + " stays closed");
            case REVOKED -> sayNotApproved(fields, Reason.REVOKED, "is Revoked: " + route.ref() + " is closed again");
            case APPROVED -> sayDenial(route, caller, fields);
        }
    }

    private static void sayDenial(CompiledRoute route, Caller caller, Fields fields) {
        if (route.access().denies(caller)) {
            sayNotApproved(
                    fields,
                    Reason.DENIED_BY_OWNER,
                    "does not count: spec.access.denied of " + route.ref() + " includes namespace '"
                            + caller.namespace() + "' or its Tenant");
        }
    }

    private static void sayNotApproved(Fields fields, Reason reason, String message) {
        fields.say(Severity.INFO, ConditionType.APPROVED, reason, "spec.approval", message);
    }
}
