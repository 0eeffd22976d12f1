package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The answer to {@code POST /v1/fleet}.
 *
 * @param pools those of the report for which there is something to say
 * @param nextInMs when to report again at the latest; earlier when a waiting call lacks a share
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FleetAnswer(List<PoolAnswer> pools, long nextInMs) {
    public FleetAnswer {
        pools = pools == null ? List.of() : List.copyOf(pools);
    }
}
