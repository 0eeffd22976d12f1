package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How one key stands in one process. Holds no key material.
 *
 * @param name in its pool
 * @param fingerprint of the material that is in use
 * @param state {@code Available}, {@code Parked} (at a limit), {@code Suspended} (its account has nothing to spend),
 *     {@code Invalid} (refused by the provider), both until it takes a call again, {@code Expired} (past its notAfter) or
 *     {@code Draining} (weight 0)
 * @param forMs until the state may end by itself, 0 when it does not, when the next call tries whether it has ended, or when the key
 *     is available
 * @param reason the failure class's wire name, empty when available
 * @param refusedAgoMs how long ago that was heard, of one that is invalid or suspended; 0 when unknown
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyReading(
        String name,
        String group,
        String fingerprint,
        String state,
        long forMs,
        String reason,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long refusedAgoMs) {
    /** Of a key that has just been refused, or has not been. */
    public KeyReading(String name, String group, String fingerprint, String state, long forMs, String reason) {
        this(name, group, fingerprint, state, forMs, reason, 0);
    }
}
