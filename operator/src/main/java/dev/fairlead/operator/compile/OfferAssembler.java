package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RefusalConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Puts together what workloads of a namespace get: what they may see, in the order in which a model name is looked for. */
final class OfferAssembler {
    private final List<CompiledRoute> oldestFirst;
    private final Map<String, CompiledPool> pools;
    private final Findings findings;

    OfferAssembler(List<CompiledRoute> oldestFirst, Map<String, CompiledPool> pools, Findings findings) {
        this.oldestFirst = oldestFirst;
        this.pools = pools;
        this.findings = findings;
    }

    /** @param grants the best grant for a route, by the route's {@code namespace/name} */
    Offer assemble(Caller caller, Map<String, Grant> grants) {
        var seen = new ArrayList<Seen>();
        for (var route : oldestFirst) {
            var grant = Optional.ofNullable(grants.get(route.ref().id()));
            var decision = route.access().decide(caller, grant, route.usable());
            if (decision instanceof AccessDecision.Visible visible) {
                seen.add(new Seen(route, visible));
            }
        }
        seen.sort(Comparator.comparing(one -> one.decision.audience()));
        sayConflicts(seen);
        if (caller.tenancy().suspended()) {
            return new Offer(suspended(caller), List.of(), List.of());
        }
        return new Offer(null, seen.stream().map(Seen::config).toList(), poolsOf(seen));
    }

    private static RefusalConfig suspended(Caller caller) {
        return new RefusalConfig(
                ErrorCode.TENANT_SUSPENDED,
                "Tenant " + caller.tenancy().name() + ", which owns namespace '" + caller.namespace()
                        + "', is suspended");
    }

    /** Only what a route that may be called needs: a workload gets no key that it has no right to use. */
    private List<PoolConfig> poolsOf(List<Seen> seen) {
        var ids = new TreeSet<String>();
        seen.stream()
                .filter(one -> one.decision.audience() != Audience.REFUSED)
                .forEach(one -> ids.addAll(one.route.pools()));
        return ids.stream().map(id -> pools.get(id).config().orElseThrow()).toList();
    }

    private void sayConflicts(List<Seen> seen) {
        var first = new HashMap<String, CompiledRoute>();
        for (var one : seen) {
            if (one.decision.audience() == Audience.REFUSED) {
                continue;
            }
            for (int i = 0; i < one.route.models().size(); i++) {
                ModelConfig model = one.route.models().get(i);
                var winner = first.putIfAbsent(one.decision.audience() + " " + model.name(), one.route);
                if (winner != null && !winner.ref().equals(one.route.ref())) {
                    new Fields(one.route.ref(), findings)
                            .say(
                                    Severity.WARNING,
                                    ConditionType.CONFLICTED,
                                    Reason.MODEL_TAKEN,
                                    "spec.models[" + i + "].name",
                                    "'" + model.name() + "' goes to " + winner.ref() + ", which comes first; as '"
                                            + one.route.ref().id() + "/" + model.name()
                                            + "' it still reaches this route");
                }
            }
        }
    }

    /** A route in the eyes of a caller. */
    private record Seen(CompiledRoute route, AccessDecision.Visible decision) {
        RouteConfig config() {
            return route.as(decision);
        }
    }
}
