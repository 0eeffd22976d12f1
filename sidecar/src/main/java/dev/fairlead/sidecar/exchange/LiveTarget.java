package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.TargetConfig;

/**
 * A target of the configuration in force, and its pool.
 *
 * @param quotedModel the provider's name of the model as a JSON string; {@code null} sends what the client sent
 */
public record LiveTarget(TargetConfig config, byte[] quotedModel, LivePool pool) {}
