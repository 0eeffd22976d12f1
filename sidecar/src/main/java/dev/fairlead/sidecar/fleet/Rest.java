package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Something that a provider said must rest. Merged by the latest end, so that it can be told twice and in any order.
 *
 * @param group the account
 * @param key the key's fingerprint when it rests alone, {@code null} when the whole account does
 * @param model the provider's name of the model, {@code null} for every model
 * @param forMs from now on, at least 1
 * @param cause the failure class's wire name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Rest(String group, String key, String model, long forMs, String cause) {}
