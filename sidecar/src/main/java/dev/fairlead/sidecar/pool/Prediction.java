package dev.fairlead.sidecar.pool;

/**
 * What a call would come to.
 *
 * @param key the name of the key that it would get at once, {@code null} for none
 * @param refusal why there is none, {@code null} when there is one
 */
public record Prediction(String key, LeaseRefusal refusal) {}
