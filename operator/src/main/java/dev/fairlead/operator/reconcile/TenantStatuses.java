package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Conditions.Verdict.no;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.yes;

import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.api.v1alpha1.TenantStatus;
import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.util.List;

/** What a Tenant's status says. One that does not get every namespace it claims is not ready: calls are booked elsewhere. */
final class TenantStatuses implements Statuses<Tenant, TenantStatus> {
    private final Clock clock;

    TenantStatuses(Clock clock) {
        this.clock = clock;
    }

    @Override
    public TenantStatus of(Report<Tenant> report, AckSummary acks, TenantStatus before) {
        var earlier = conditionsOf(before);
        var basics = Basics.of(report, acks, earlier);
        var conflicted = Basics.conflicted(report);
        var hindrance =
                conflicted.isTrue() ? List.of(no(conflicted.reason(), conflicted.message())) : List.<Verdict>of();
        var ready = basics.ready(hindrance, otherwise(report.object()));
        var status = new TenantStatus();
        status.setObservedGeneration(report.generation());
        status.setConditions(basics.into(new Conditions(clock, report.generation(), earlier), ready, basics.stalled())
                .set(ConditionType.CONFLICTED, conflicted)
                .list());
        count(report, status);
        return status;
    }

    private static Verdict otherwise(Tenant tenant) {
        return tenant.getSpec() != null && Boolean.TRUE.equals(tenant.getSpec().getSuspended())
                ? yes(
                        Reason.TENANT_SUSPENDED,
                        "As spec.suspended asks for, every call from its namespaces is refused with tenant_suspended.")
                : yes(Reason.READY, "Its namespaces belong to it.");
    }

    private static void count(Report<Tenant> report, TenantStatus status) {
        var world = report.rollout().world();
        var owners = report.rollout().compilation().tenants();
        String name = report.object().getMetadata().getName();
        status.setNamespaces((int) world.namespaces().names().stream()
                .filter(namespace -> name.equals(owners.get(namespace)))
                .count());
        status.setSubscriptions((int) world.subscriptions().stream()
                .filter(subscription ->
                        name.equals(owners.get(subscription.getMetadata().getNamespace())))
                .count());
    }

    @Override
    public List<Condition> conditionsOf(TenantStatus status) {
        return status == null ? List.of() : status.getConditions();
    }
}
