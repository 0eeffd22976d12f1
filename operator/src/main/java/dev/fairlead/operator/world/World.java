package dev.fairlead.operator.world;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that decides what sidecars get, at one moment.
 *
 * <p>Every object has a name, and a namespace where its kind has one; no two of a kind share both. The beans are never changed by anyone who holds a world. They have passed an API server, or an engine that applies the
 * same schema; a bean that has not is still no reason to fail, only for a {@link Diagnostic}.
 *
 * @param secrets where the values of Secrets are found
 * @param configMaps where the values of ConfigMaps are found
 * @param namespaces the labels of namespaces
 * @param refused objects that are written somewhere but were not taken, so that a reference to one is not called a reference
 *     to nothing; empty in a cluster, where nobody knows of them
 * @param unreadable for objects that held values of a type that this version does not know, and that are missing in their
 *     beans, the paths of those; empty where another version cannot have written anything
 * @param workloads those whose configuration is wanted
 */
public record World(
        List<KeyPool> keyPools,
        List<AIRoute> routes,
        List<Tenant> tenants,
        List<Subscription> subscriptions,
        EntryLookup secrets,
        EntryLookup configMaps,
        Namespaces namespaces,
        Set<ObjectRef> refused,
        Map<ObjectRef, List<String>> unreadable,
        List<Workload> workloads) {

    public World {
        keyPools = List.copyOf(keyPools);
        routes = List.copyOf(routes);
        tenants = List.copyOf(tenants);
        subscriptions = List.copyOf(subscriptions);
        refused = Set.copyOf(refused);
        unreadable = Map.copyOf(unreadable);
        workloads = List.copyOf(workloads);
    }

    /** A world in which everything could be read. */
    public World(
            List<KeyPool> keyPools,
            List<AIRoute> routes,
            List<Tenant> tenants,
            List<Subscription> subscriptions,
            EntryLookup secrets,
            EntryLookup configMaps,
            Namespaces namespaces,
            Set<ObjectRef> refused,
            List<Workload> workloads) {
        this(keyPools, routes, tenants, subscriptions, secrets, configMaps, namespaces, refused, Map.of(), workloads);
    }

    /** The same world with other values of Secrets. */
    public World withSecrets(EntryLookup others) {
        return new World(
                keyPools,
                routes,
                tenants,
                subscriptions,
                others,
                configMaps,
                namespaces,
                refused,
                unreadable,
                workloads);
    }

    /** The same world seen by other workloads. */
    public World withWorkloads(List<Workload> others) {
        return new World(
                keyPools, routes, tenants, subscriptions, secrets, configMaps, namespaces, refused, unreadable, others);
    }
}
