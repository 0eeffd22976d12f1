package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a process may use of one limit from now on, in one window.
 *
 * @param meter as in {@link MeterReading}
 * @param share less than what the process had used when it asked, where others wait for their part: it then uses nothing more
 *     until its use has slid below
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MeterShare(String meter, long share) {}
