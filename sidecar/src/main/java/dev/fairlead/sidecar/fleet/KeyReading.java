package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How one key stands in one process. Holds no key material.
 *
 * @param name in its pool
 * @param fingerprint of the material that is in use
 * @param state {@code Available}, {@code Parked} (at a limit), {@code Suspended} (its account has nothing to spend),
 *     {@code Invalid} (refused by the provider), {@code Expired} (past its notAfter) or {@code Draining} (weight 0)
 * @param forMs until the state may end by itself, 0 when it does not or the key is available
 * @param reason the failure class's wire name, empty when available
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyReading(String name, String group, String fingerprint, String state, long forMs, String reason) {}
