package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.load.CallBodies;
import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.operator.plan.load.PlannedCall;
import dev.fairlead.operator.plan.provider.VirtualProvider;
import dev.fairlead.operator.plan.virtual.VirtualClient;
import dev.fairlead.operator.plan.virtual.VirtualLoop;
import dev.fairlead.operator.plan.virtual.VirtualSidecar;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One load on one set of configurations, from the first call to the last answer. Used once. */
final class PlanRun {
    /** Of each sidecar: one that is given memory for what its calls send. Calls beyond it are refused as they would be there. */
    private static final long BYTE_BUDGET = 1L << 30;

    private final ProviderProfiles profiles;
    private final Load load;
    private final long refusalMs;
    private final VirtualLoop loop;
    private final VirtualSidecar sidecar;
    private final Tally tally;
    private final Map<String, VirtualProvider> providers = new TreeMap<>();
    private final CallBodies bodies = new CallBodies();
    private final List<Set<String>> routes = new ArrayList<>();

    /**
     * @param refusalMs how long a provider takes to turn a call away
     * @param epochMs the wall clock at the beginning
     */
    PlanRun(ProviderProfiles profiles, Load load, long refusalMs, long epochMs) {
        this.profiles = profiles;
        this.load = load;
        this.refusalMs = refusalMs;
        this.loop = new VirtualLoop(epochMs);
        this.tally = new Tally(load.calls().size(), epochMs);
        this.sidecar =
                new VirtualSidecar(loop, load.workloads().size(), this::provider, tally, BYTE_BUDGET * load.fleet());
    }

    private VirtualProvider provider(PoolConfig pool) {
        return providers.computeIfAbsent(
                pool.id(),
                id -> new VirtualProvider(
                        loop,
                        pool,
                        profiles.get(pool.provider()),
                        number -> load.calls().get((int) number),
                        refusalMs));
    }

    /** @param configs one for each of the load's workloads, with limits that no other process shares */
    PlanResult run(List<SidecarConfig> configs) {
        sidecar.apply(configs);
        configs.forEach(config ->
                routes.add(config.routes().stream().map(RouteConfig::id).collect(Collectors.toSet())));
        if (!load.calls().isEmpty()) {
            loop.atMicros(load.calls().get(0).atMicros(), () -> make(0));
        }
        while (tally.ended() < load.calls().size()) {
            if (!loop.step()) {
                throw new IllegalStateException("nothing is left to do, but " + sidecar.running()
                        + " calls have no answer: please report this");
            }
        }
        return tally.result(Math.max(load.lengthMs(), loop.micros() / 1_000), providers, sidecar.leaks());
    }

    private void make(int number) {
        int next = number + 1;
        if (next < load.calls().size()) {
            loop.atMicros(load.calls().get(next).atMicros(), () -> make(next));
        }
        var call = load.calls().get(number);
        sidecar.call(call.workload(), call.endpoint(), client(number, call), bodies.of(call));
        tally.running(sidecar.running());
    }

    private VirtualClient client(int number, PlannedCall call) {
        var headers = new HashMap<>(call.headers());
        headers.put(VirtualProvider.CALL_NUMBER, Integer.toString(number));
        // A route that has been renamed since the recording is found by its model.
        if (call.route() != null && routes.get(call.workload()).contains(call.route())) {
            headers.put("x-fairlead-route", call.route());
        }
        return new VirtualClient(headers);
    }
}
