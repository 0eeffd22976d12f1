package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.api.v1alpha1.TenantSpec;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** To which Tenant a namespace belongs: to one that names it before one that selects it, then to the older, then by name. */
final class TenantIndex {
    private static final int EVERYBODY = 1;
    private static final int MOST = 1_000;

    private final Map<String, Tenancy> owners = new HashMap<>();
    private final Namespaces labels;
    private final Map<ObjectRef, List<String>> unreadable;
    private final Findings findings;

    private TenantIndex(Namespaces labels, Map<ObjectRef, List<String>> unreadable, Findings findings) {
        this.labels = labels;
        this.unreadable = unreadable;
        this.findings = findings;
    }

    static TenantIndex of(List<Tenant> tenants, Namespaces labels, Collection<String> namespaces, Findings findings) {
        return of(tenants, Map.of(), labels, namespaces, findings);
    }

    /**
     * The owners.
     *
     * @param unreadable as in {@link dev.fairlead.operator.world.World}
     * @param namespaces every namespace about which anyone may ask
     */
    static TenantIndex of(
            List<Tenant> tenants,
            Map<ObjectRef, List<String>> unreadable,
            Namespaces labels,
            Collection<String> namespaces,
            Findings findings) {
        var index = new TenantIndex(labels, unreadable, findings);
        var oldestFirst = tenants.stream().sorted(new OldestFirst()).toList();
        oldestFirst.forEach(index::check);
        for (String namespace : namespaces) {
            index.settle(namespace, oldestFirst);
        }
        return index;
    }

    Tenancy of(String namespace) {
        return owners.getOrDefault(namespace, new Tenancy(namespace, false, false, EVERYBODY));
    }

    /** For every namespace that a Tenant owns, the Tenant's name. */
    Map<String, String> names() {
        var names = new HashMap<String, String>();
        owners.forEach((namespace, tenancy) -> names.put(namespace, tenancy.name()));
        return names;
    }

    private void check(Tenant tenant) {
        var fields = new Fields(ObjectRef.of(tenant), findings);
        fields.unreadable(unreadableOf(tenant));
        new Selector(spec(tenant).getNamespaceSelector())
                .problem()
                .ifPresent(problem -> fields.invalid("spec.namespaceSelector", problem));
        var weight = spec(tenant).getWeight();
        if (weight != null && !isShare(weight)) {
            fields.invalid("spec.weight", weight + " is not 1 to " + MOST + ", and counts as " + EVERYBODY);
        }
    }

    private void settle(String namespace, List<Tenant> oldestFirst) {
        var claims = oldestFirst.stream()
                .flatMap(tenant -> claim(tenant, namespace))
                .sorted(Comparator.comparing(Claim::bySelector))
                .toList();
        if (claims.isEmpty()) {
            return;
        }
        var winner = claims.get(0);
        // Whoever wrote a value that is not understood may have meant to suspend.
        boolean suspended = Boolean.TRUE.equals(spec(winner.tenant).getSuspended())
                || unreadableOf(winner.tenant).contains("spec.suspended");
        owners.put(namespace, new Tenancy(winner.name(), true, suspended, weight(winner.tenant)));
        for (var loser : claims.subList(1, claims.size())) {
            new Fields(ObjectRef.of(loser.tenant), findings)
                    .say(
                            Severity.ERROR,
                            ConditionType.CONFLICTED,
                            Reason.NAMESPACE_TAKEN,
                            loser.path,
                            "claims namespace '" + namespace + "', which belongs to Tenant '" + winner.name() + "': "
                                    + (winner.bySelector == loser.bySelector
                                            ? "of equal claims the older one counts, then the name"
                                            : "a name in spec.namespaces counts more than a selector"));
        }
    }

    private Stream<Claim> claim(Tenant tenant, String namespace) {
        int index = spec(tenant).getNamespaces().indexOf(namespace);
        if (index >= 0) {
            return Stream.of(new Claim(tenant, "spec.namespaces[" + index + "]", false));
        }
        var selector = new Selector(spec(tenant).getNamespaceSelector());
        return selector.matches(labels.labelsOf(namespace))
                ? Stream.of(new Claim(tenant, "spec.namespaceSelector", true))
                : Stream.empty();
    }

    private List<String> unreadableOf(Tenant tenant) {
        return unreadable.getOrDefault(ObjectRef.of(tenant), List.of());
    }

    private static int weight(Tenant tenant) {
        var weight = spec(tenant).getWeight();
        return weight != null && isShare(weight) ? weight : EVERYBODY;
    }

    private static boolean isShare(int weight) {
        return weight >= EVERYBODY && weight <= MOST;
    }

    private static TenantSpec spec(Tenant tenant) {
        return tenant.getSpec() == null ? new TenantSpec() : tenant.getSpec();
    }

    /** A Tenant's wish for a namespace, and the field that says it. */
    private record Claim(Tenant tenant, String path, boolean bySelector) {
        String name() {
            return tenant.getMetadata().getName();
        }
    }
}
