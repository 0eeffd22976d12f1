package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Conditions.Verdict.no;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.yes;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.AIRouteStatus;
import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.util.List;

/** What an AIRoute's status says. A model that another route of the same class also offers does not make it less ready. */
final class AIRouteStatuses implements Statuses<AIRoute, AIRouteStatus> {
    private final Clock clock;
    private final Standings standings;

    AIRouteStatuses(Clock clock, Standings standings) {
        this.clock = clock;
        this.standings = standings;
    }

    @Override
    public AIRouteStatus of(Report<AIRoute> report, AckSummary acks, AIRouteStatus before) {
        var earlier = conditionsOf(before);
        var basics = Basics.of(report, acks, earlier);
        var usable = basics.accepted().isTrue() ? UsableTargets.of(report) : UsableTargets.NONE;
        var ready = basics.ready(keys(usable), yes(Reason.READY, "All models of the route can be called."));
        var status = new AIRouteStatus();
        status.setObservedGeneration(report.generation());
        var conditions = basics.into(new Conditions(clock, report.generation(), earlier), ready, basics.stalled())
                .set(ConditionType.CONFLICTED, Basics.conflicted(report));
        status.setConditions(offered(conditions, report).list());
        status.setModels(usable.models());
        status.setTargets(usable.targets());
        status.setSidecars(Basics.column(acks));
        return status;
    }

    private Conditions offered(Conditions conditions, Report<AIRoute> report) {
        return GoneModels.of(report.object(), standings)
                .map(gone -> conditions.set(
                        ConditionType.MODELS_OFFERED,
                        gone.isEmpty()
                                ? yes(Reason.MODELS_OFFERED, "No sidecar reports that a target's model is gone.")
                                : no(Reason.MODEL_GONE, gone.message())))
                .orElseGet(() -> conditions.keep(ConditionType.MODELS_OFFERED));
    }

    private static List<Verdict> keys(UsableTargets usable) {
        return usable.silent().isEmpty()
                ? List.of()
                : List.of(no(
                        Reason.NO_USABLE_TARGET,
                        "Calls of " + models(usable.silent()) + " are answered with keys_unusable: no KeyPool of their "
                                + "targets has a key that can be used."));
    }

    private static String models(List<String> names) {
        String first = "model '" + names.get(0) + "'";
        return names.size() == 1 ? first : first + " (and " + (names.size() - 1) + " more)";
    }

    @Override
    public List<Condition> conditionsOf(AIRouteStatus status) {
        return status == null ? List.of() : status.getConditions();
    }
}
