package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A resource at a provider that only one account knows.
 *
 * @param resource a hash of the provider's id for it, 16 hex digits
 * @param group the account
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Pin(String resource, String group) {}
