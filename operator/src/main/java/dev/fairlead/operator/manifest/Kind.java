package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.rule.Rules;
import dev.fairlead.operator.manifest.schema.Schema;

/**
 * A kind of object that is read.
 *
 * @param group empty for the core
 * @param storesStatus whether a status in a manifest is kept; with a status subresource an API server drops it
 */
record Kind(
        String group,
        String version,
        String name,
        boolean namespaced,
        boolean storesStatus,
        Schema schema,
        Rules rules) {
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    boolean isData() {
        return group.isEmpty() && (name.equals("Secret") || name.equals("ConfigMap"));
    }
}
