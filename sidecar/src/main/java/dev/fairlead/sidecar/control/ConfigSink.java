package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;

/** Who puts configurations into force; may block. */
@FunctionalInterface
public interface ConfigSink {
    /**
     * As a whole, or not at all.
     *
     * @throws ConfigException when it cannot be used; the one before stays in force
     */
    void apply(SidecarConfig config) throws ConfigException;
}
