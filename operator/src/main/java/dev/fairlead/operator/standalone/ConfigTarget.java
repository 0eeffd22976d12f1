package dev.fairlead.operator.standalone;

import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;

/** Where configurations go: a running sidecar. */
@FunctionalInterface
public interface ConfigTarget {
    /**
     * Puts a configuration into force as a whole.
     *
     * @throws ConfigException when it cannot be used; the one in force stays
     */
    void apply(SidecarConfig config) throws ConfigException;
}
