package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Workloads;
import dev.fairlead.operator.world.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which Subscriptions speak for a workload. */
final class SubscriptionIndex {
    private final Map<String, List<Accepted>> byNamespace = new HashMap<>();

    SubscriptionIndex(List<Accepted> accepted) {
        accepted.forEach(one -> byNamespace
                .computeIfAbsent(one.namespace(), namespace -> new ArrayList<>())
                .add(one));
    }

    /** The best grant for each route, by the route's {@code namespace/name}. */
    Map<String, Grant> grantsFor(Workload workload) {
        var best = new TreeMap<String, Grant>();
        for (var one : byNamespace.getOrDefault(workload.namespace(), List.of())) {
            if (one.speaksFor(workload)) {
                best.merge(one.route(), one.grant(), (a, b) -> Grant.BEST_FIRST.compare(a, b) <= 0 ? a : b);
            }
        }
        return best;
    }

    /**
     * A Subscription that counts.
     *
     * @param route {@code namespace/name}
     * @param workloads whom it is for; {@code null} for all of the namespace
     */
    record Accepted(String namespace, String route, Workloads workloads, Grant grant) {
        boolean speaksFor(Workload workload) {
            if (workloads == null) {
                return true;
            }
            var accounts = workloads.getServiceAccounts();
            return (accounts.isEmpty() || accounts.contains(workload.serviceAccount()))
                    && (workloads.getSelector() == null
                            || new Selector(workloads.getSelector()).matches(workload.labels()));
        }
    }
}
