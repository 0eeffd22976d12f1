package dev.fairlead.operator.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The labels of namespaces, for selectors. */
public final class Namespaces {
    /** The label that every namespace carries. */
    public static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Map<String, Map<String, String>> labels;

    /** @param labels of each namespace that is known; the name's label need not be among them */
    public Namespaces(Map<String, Map<String, String>> labels) {
        var copy = new TreeMap<String, Map<String, String>>();
        labels.forEach((name, given) -> copy.put(name, withName(name, given)));
        this.labels = copy;
    }

    /** The labels of a namespace; of one that is not known, the one that all have. */
    public Map<String, String> labelsOf(String namespace) {
        var known = labels.get(namespace);
        return known == null ? withName(namespace, Map.of()) : known;
    }

    /** The namespaces that are known, sorted. */
    public Set<String> names() {
        return new TreeSet<>(labels.keySet());
    }

    private static Map<String, String> withName(String name, Map<String, String> given) {
        var all = new HashMap<>(given);
        all.put(NAME_LABEL, name);
        return Map.copyOf(all);
    }
}
