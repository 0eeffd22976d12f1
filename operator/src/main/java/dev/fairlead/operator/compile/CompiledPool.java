package dev.fairlead.operator.compile;

import dev.fairlead.sidecar.config.PoolConfig;
import java.util.Optional;

/**
 * A KeyPool as routes see it.
 *
 * @param admittance whose routes may use it
 * @param keys all of them, those that are left out too
 * @param config empty when no call could be made through it, whatever the keys
 */
record CompiledPool(Admittance admittance, PoolKeys keys, Optional<PoolConfig> config) {}
