package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The body of {@code POST /v1/fleet}.
 *
 * @param stream the config stream of the process, as its hello named it
 * @param process names this run of the process: another one in the same pod has forgotten what the one before it has used
 * @param number counts the reports of this run, from 1: what is late must not undo what came after it
 * @param pools every pool of the process; of the keys only those that are not {@code Available}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FleetReport(String stream, String process, long number, List<PoolReport> pools) {
    /** An operator takes no longer one. */
    public static final int MOST_BYTES = 1 << 20;

    public FleetReport {
        pools = pools == null ? List.of() : List.copyOf(pools);
    }
}
