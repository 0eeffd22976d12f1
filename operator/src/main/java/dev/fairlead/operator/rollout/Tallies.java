package dev.fairlead.operator.rollout;

import dev.fairlead.operator.world.Workload;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Counts the sidecars of each workload by what they have said. */
final class Tallies {
    private final Function<String, Optional<Workload>> workloadOf;
    private final long patienceNanos;

    /**
     * Counts anew on every call.
     *
     * @param workloadOf whose sidecar a pod's is, by the pod's uid
     * @param patienceNanos who is silent for so long after a new configuration does not count
     */
    Tallies(Function<String, Optional<Workload>> workloadOf, long patienceNanos) {
        this.workloadOf = workloadOf;
        this.patienceNanos = patienceNanos;
    }

    /**
     * What the sidecars of a workload are to have.
     *
     * @param since when that began, as {@link System#nanoTime}
     */
    record Due(String hash, long since) {}

    /** Workloads without a sidecar that counts are absent. */
    Map<Workload, AckSummary> count(Collection<SidecarReport> reports, Map<Workload, Due> due, long now) {
        var tallies = new HashMap<Workload, AckSummary>();
        reports.stream().sorted(Comparator.comparing(SidecarReport::podUid)).forEach(report -> {
            var workload = workloadOf.apply(report.podUid()).orElse(null);
            var wanted = workload == null ? null : due.get(workload);
            if (wanted != null) {
                tallies.merge(workload, count(report, workload, wanted, now), AckSummary::plus);
            }
        });
        return tallies;
    }

    private AckSummary count(SidecarReport report, Workload workload, Due due, long now) {
        if (Objects.equals(report.nackedHash(), due.hash)) {
            var rejection = new AckSummary.Rejection(
                    workload,
                    Objects.requireNonNullElse(report.nackPath(), ""),
                    Objects.requireNonNullElse(report.nackMessage(), ""));
            return new AckSummary(1, 0, 1, Optional.of(rejection));
        }
        if (Objects.equals(report.ackedHash(), due.hash)) {
            return new AckSummary(1, 1, 0, Optional.empty());
        }
        boolean heardOf = report.ackedHash() != null || report.nackedHash() != null;
        return heardOf && now - due.since <= patienceNanos
                ? new AckSummary(1, 0, 0, Optional.empty())
                : AckSummary.NONE;
    }
}
