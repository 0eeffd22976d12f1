package dev.fairlead.operator.serve;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sidecar's pools: one, of which a call waits. */
final class OnePool implements FleetPools {
    final List<PoolAnswer> applied = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<List<PoolReport>> report(CoordinationConfig.Mode mode) {
        return CompletableFuture.completedFuture(List.of(new PoolReport(
                "ns/pool",
                List.of(new MeterReading("a/*/requestsPerMinute", 60, 0, 0, 1)),
                List.of(),
                List.of(),
                List.of(),
                false,
                1,
                -1,
                -1)));
    }

    @Override
    public void apply(List<PoolAnswer> answers) {
        applied.addAll(answers);
    }

    @Override
    public void alone(Set<String> ids) {}

    @Override
    public void onNeed(Runnable listener) {
        // The first report comes without.
    }
}
