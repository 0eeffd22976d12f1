package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.Quantity;

/**
 * What a sidecar is given where its pod says nothing, and the most that a pod may ask for.
 *
 * @param cpuLimit {@code null} for none
 */
public record SidecarSize(
        Quantity cpuRequest,
        Quantity cpuLimit,
        Quantity memoryRequest,
        Quantity memoryLimit,
        Quantity cpuMax,
        Quantity memoryMax) {}
