package dev.fairlead.operator.rollout;

import dev.fairlead.operator.compile.Compilation;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which objects have become part of whose configuration. For one thread. */
final class Reach {
    private final Map<ObjectRef, Set<Workload>> reached = new HashMap<>();

    static Map<ObjectRef, Set<Workload>> of(Compilation compilation) {
        var reach = new Reach();
        compilation.configs().forEach(reach::add);
        compilation.configs().keySet().forEach(workload -> {
            String tenant = compilation.tenants().get(workload.namespace());
            if (tenant != null) {
                reach.add(new ObjectRef("Tenant", "", tenant), workload);
            }
        });
        return reach.reached;
    }

    private void add(Workload workload, SidecarConfig config) {
        for (RouteConfig route : config.routes()) {
            add(new ObjectRef("AIRoute", route.namespace(), route.name()), workload);
            if (route.subscription() != null) {
                int slash = route.subscription().indexOf('/');
                add(
                        new ObjectRef(
                                "Subscription",
                                route.subscription().substring(0, slash),
                                route.subscription().substring(slash + 1)),
                        workload);
            }
        }
        for (PoolConfig pool : config.pools()) {
            add(new ObjectRef("KeyPool", pool.namespace(), pool.name()), workload);
        }
    }

    private void add(ObjectRef object, Workload workload) {
        reached.computeIfAbsent(object, ignored -> new HashSet<>()).add(workload);
    }
}
