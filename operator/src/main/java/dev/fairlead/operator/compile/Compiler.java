package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns a world into what each of its workloads' sidecars gets. A pure function: the same world gives the same compilation.
 * Safe on every thread.
 */
public final class Compiler {
    private final ProviderProfiles profiles;
    private final boolean leases;

    /** For a cluster, whose operator leases limits to sidecars. {@code profiles} say where providers listen. */
    public Compiler(ProviderProfiles profiles) {
        this(profiles, true);
    }

    private Compiler(ProviderProfiles profiles, boolean leases) {
        this.profiles = profiles;
        this.leases = leases;
    }

    /** For a process of its own, to which nobody leases limits: {@code coordination.mode} Leased comes to Local. */
    public static Compiler standalone(ProviderProfiles profiles) {
        return new Compiler(profiles, false);
    }

    /** Never fails: what is wrong is among the diagnostics, and what is right still takes effect. */
    public Compilation compile(World world) {
        var findings = new Findings();
        var namespaces = namespaces(world);
        var tenants = TenantIndex.of(world.tenants(), world.unreadable(), world.namespaces(), namespaces, findings);
        var pools = new PoolCompiler(profiles, world, leases, findings).compileAll();
        var routes = new RouteCompiler(world, pools, findings).compileAll();
        var subscriptions = new SubscriptionCompiler(
                        routes.stream()
                                .collect(Collectors.toMap(route -> route.ref().id(), Function.identity(), (a, b) -> a)),
                        tenants,
                        world.refused(),
                        world.unreadable(),
                        findings)
                .compileAll(world.subscriptions());
        var assembler = new OfferAssembler(routes, pools, findings);

        // Namespaces without a workload are looked at too: what collides there is found before anyone runs there.
        namespaces.forEach(namespace -> assembler.assemble(new Caller(namespace, tenants.of(namespace)), Map.of()));

        var offers = new HashMap<Map.Entry<Caller, Map<String, Grant>>, Offer>();
        var configs = new TreeMap<Workload, SidecarConfig>();
        for (var workload : world.workloads()) {
            var caller = new Caller(workload.namespace(), tenants.of(workload.namespace()));
            var offer = offers.computeIfAbsent(
                    Map.entry(caller, subscriptions.grantsFor(workload)),
                    seen -> assembler.assemble(seen.getKey(), seen.getValue()));
            configs.put(workload, config(workload, caller, offer));
        }
        var poolConfigs = new TreeMap<String, PoolConfig>();
        var keys = new TreeMap<String, PoolKeys>();
        pools.forEach((id, pool) -> {
            pool.config().ifPresent(config -> poolConfigs.put(id, config));
            keys.put(id, pool.keys());
        });
        SharedKeys.say(poolConfigs.values(), findings);
        return new Compilation(configs, findings.sorted(), poolConfigs, keys, tenants.names());
    }

    private static SidecarConfig config(Workload workload, Caller caller, Offer offer) {
        return new SidecarConfig(
                SidecarConfig.VERSION,
                new WorkloadConfig(
                        workload.namespace(),
                        workload.name(),
                        workload.serviceAccount(),
                        caller.tenancy().name(),
                        caller.tenancy().weight()),
                offer.refusal(),
                offer.routes(),
                offer.pools());
    }

    /** Every namespace that plays a part, sorted. */
    private static Collection<String> namespaces(World world) {
        var names = new TreeSet<>(world.namespaces().names());
        world.workloads().forEach(workload -> names.add(workload.namespace()));
        world.tenants().stream()
                .filter(tenant -> tenant.getSpec() != null)
                .forEach(tenant -> tenant.getSpec().getNamespaces().stream()
                        .filter(name -> name != null)
                        .forEach(names::add));
        Stream.<HasMetadata>concat(world.routes().stream(), world.subscriptions().stream())
                .map(object -> ObjectRef.of(object).namespace())
                .forEach(names::add);
        return names;
    }
}
