package dev.fairlead.sidecar.config;

/**
 * One place a call may go.
 *
 * @param pool {@code namespace/name} of the KeyPool
 * @param model the provider's name of the model; {@code null} sends what the client sent
 * @param priority lower first; equal priorities share the load by {@code weight}
 * @param weight share among targets of one priority; 0 takes no new calls
 */
public record TargetConfig(String name, String pool, String model, int priority, int weight) {}
