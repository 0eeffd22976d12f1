package dev.fairlead.operator.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The namespaces whose Secrets and ConfigMaps may be read, as the Helm value of that name says. Immutable. */
final class KeyNamespaces {
    private static final String ALL = "*";

    private final Set<String> names;

    KeyNamespaces(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    boolean include(String namespace) {
        return names.contains(ALL) || names.contains(namespace);
    }

    /** Why an object of a namespace that is not included is not read, as a clause after the object. */
    String notIncluded(String namespace) {
        return "may not be read: namespace '" + namespace
                + "' is not among the operator's keyNamespaces; a platform admin adds it with " + command(namespace);
    }

    /** Why an object is not read although its namespace is included, as a clause after the object. */
    String forbidden(String namespace) {
        return "may not be read: the API server refuses it to the operator's ServiceAccount (403), the Role or RoleBinding in "
                + "namespace '" + namespace + "' is missing; a platform admin creates it with " + command(namespace)
                + "; it is tried again";
    }

    private String command(String namespace) {
        var wanted = new TreeSet<>(names);
        wanted.remove(ALL);
        wanted.add(namespace);
        String value = names.contains(ALL)
                ? "keyNamespaces={*}"
                : wanted.stream().collect(Collectors.joining(",", "keyNamespaces={", "}"));
        return "helm upgrade fairlead charts/fairlead -n fairlead-system --reset-then-reuse-values --set '" + value
                + "'" + " (release, chart and namespace as they were installed)";
    }
}
