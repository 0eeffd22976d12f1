package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Conditions.Verdict.no;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.unknown;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.yes;

import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.SubscriptionStatus;
import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a Subscription's status says. One that waits for a decision is ready: whoever wrote it has nothing left to do. One that
 * was decided against, has ended or whose tenant is suspended is stalled: only somebody's change opens it.
 */
final class SubscriptionStatuses implements Statuses<Subscription, SubscriptionStatus> {
    private final Clock clock;

    SubscriptionStatuses(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SubscriptionStatus of(Report<Subscription> report, AckSummary acks, SubscriptionStatus before) {
        var earlier = conditionsOf(before);
        var basics = Basics.of(report, acks, earlier).withReferencesOnlyIfAccepted();
        var approved = approved(report, basics);
        boolean pending = approved.reason() == Reason.PENDING_APPROVAL;
        var ready = basics.ready(
                pending ? List.of() : List.of(approved),
                pending
                        ? yes(Reason.AWAITING_APPROVAL, approved.message())
                        : yes(Reason.READY, "The route is open to the workloads of this Subscription."));
        boolean closed = approved.isFalse() && !pending;
        var status = new SubscriptionStatus();
        status.setObservedGeneration(report.generation());
        status.setConditions(basics.into(
                        new Conditions(clock, report.generation(), earlier),
                        ready,
                        closed ? yes(approved.reason(), approved.message()) : basics.stalled())
                .set(ConditionType.APPROVED, approved)
                .list());
        status.setExpires(
                SubscriptionEnd.of(report.object()).map(SubscriptionEnd::text).orElse(null));
        return status;
    }

    private Verdict approved(Report<Subscription> report, Basics basics) {
        if (!basics.accepted().isTrue()) {
            return unknown(Reason.NOT_ACCEPTED, "A decision does not count while Accepted is False.");
        }
        if (!basics.resolvedRefs().isTrue()) {
            return unknown(basics.resolvedRefs().reason(), "A decision does not count while ResolvedRefs is False.");
        }
        var decisions = report.about(ConditionType.APPROVED);
        var decision = decisions.isEmpty() ? null : decisions.get(0);
        if (decision != null && decision.reason() != Reason.PENDING_APPROVAL) {
            return no(decision.reason(), Sentences.of(decisions));
        }
        boolean notNeeded = report.findings().stream().anyMatch(finding -> finding.reason() == Reason.NOT_NEEDED);
        var end = SubscriptionEnd.of(report.object())
                .filter(last -> !clock.instant().isBefore(last.at()));
        if (!notNeeded && end.isPresent()) {
            return no(
                    Reason.EXPIRED,
                    end.get().path() + " has passed: it ended at " + end.get().text() + ".");
        }
        if (decision != null) {
            return no(decision.reason(), Sentences.of(decisions));
        }
        if (suspended(report)) {
            return no(
                    Reason.TENANT_SUSPENDED,
                    "The Tenant of namespace '" + report.object().getMetadata().getNamespace()
                            + "' is suspended: calls are refused with tenant_suspended.");
        }
        return notNeeded
                ? yes(Reason.NOT_NEEDED, "The route is open to this namespace without a Subscription.")
                : yes(Reason.APPROVED_BY_OWNER, "Those who own the route have approved it.");
    }

    private static boolean suspended(Report<Subscription> report) {
        String tenant = report.rollout()
                .compilation()
                .tenants()
                .get(report.object().getMetadata().getNamespace());
        return tenant != null
                && report.rollout().world().tenants().stream()
                        .anyMatch(one -> tenant.equals(one.getMetadata().getName())
                                && one.getSpec() != null
                                && Boolean.TRUE.equals(one.getSpec().getSuspended()));
    }

    /** When it ends; a far end is looked at again on the way. */
    @Override
    public Optional<Duration> changesAfter(Report<Subscription> report) {
        var end = SubscriptionEnd.of(report.object()).map(SubscriptionEnd::at);
        return Statuses.untilFirst(end.stream(), clock.instant());
    }

    @Override
    public List<Condition> conditionsOf(SubscriptionStatus status) {
        return status == null ? List.of() : status.getConditions();
    }
}
