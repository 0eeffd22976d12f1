package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.route.TargetOrder;
import java.util.List;

/**
 * A model of the configuration in force.
 *
 * @param targets in the order of the configuration
 * @param orders the rotation of each loop
 */
public record LiveModel(ModelConfig config, List<LiveTarget> targets, List<TargetOrder> orders) {}
