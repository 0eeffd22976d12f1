package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds while nobody answers: the shares that were given last. On the loop. */
final class LastShares {
    /** So long calls go on waiting for a larger share from an operator that does not answer: a leader may have to be found. */
    static final long HOPE_MS = 30_000;

    private final FleetPools pools;
    private boolean everAnswered;
    private long answeredMs;
    /** Pools that the operator divides the limits of. */
    private Set<String> leased = Set.of();

    LastShares(FleetPools pools) {
        this.pools = pools;
    }

    /** Whether there was an answer to any report of this process. */
    boolean everAnswered() {
        return everAnswered;
    }

    /** The shares of these pools are those of the process before, and who gave them does not answer. */
    void neverAnswered(List<PoolReport> reports) {
        pools.alone(withMeters(reports));
    }

    /** Somebody answered these reports. */
    void answered(List<PoolReport> reports, long nowMs) {
        everAnswered = true;
        answeredMs = nowMs;
        leased = withMeters(reports);
    }

    private static Set<String> withMeters(List<PoolReport> reports) {
        return reports.stream()
                .filter(report -> !report.meters().isEmpty())
                .map(PoolReport::pool)
                .collect(Collectors.toSet());
    }

    /** There is nobody to ask, or he does not answer: after a while nobody hopes for more than there is. */
    void unanswered(long nowMs) {
        if (everAnswered && nowMs - answeredMs >= HOPE_MS) {
            pools.alone(leased);
        }
    }
}
