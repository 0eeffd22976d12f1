package dev.fairlead.operator.inject;

import java.util.Map;

/** The labels of namespaces as they are now. Called on workers. */
@FunctionalInterface
public interface NamespaceLabels {
    /**
     * The labels, empty for a namespace that has none.
     *
     * @throws RuntimeException if they cannot be had: the pod is refused then
     */
    Map<String, String> of(String namespace);
}
