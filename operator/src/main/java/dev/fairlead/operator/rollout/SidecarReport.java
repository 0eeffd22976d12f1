package dev.fairlead.operator.rollout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What one connected sidecar has last said of its configuration. Travels between replicas as JSON.
 *
 * @param podUid whose sidecar
 * @param ackedHash what it has applied, {@code null} before the first
 * @param nackedHash what it could not use since, {@code null} for nothing
 * @param nackPath where in the configuration
 * @param nackMessage why
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SidecarReport(String podUid, String ackedHash, String nackedHash, String nackPath, String nackMessage) {}
