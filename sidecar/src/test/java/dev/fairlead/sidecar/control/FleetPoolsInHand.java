package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One pool with one limit, whose numbers a test sets. */
final class FleetPoolsInHand implements FleetPools {
    final List<PoolAnswer> applied = new ArrayList<>();
    final List<Pin> made = new ArrayList<>();
    Set<String> alone = Set.of();
    long share;
    long used;
    int waiting;
    int headroom = -1;
    List<KeyReading> keys = List.of();
    Boolean redisUp;
    List<String> gone = List.of();
    private Runnable need;

    @Override
    public CompletionStage<List<PoolReport>> report(CoordinationConfig.Mode mode) {
        var meters = List.of(
                new MeterReading("a/*/requestsPerMinute", 100, share, used, waiting),
                new MeterReading("a/*/requestsPerDay", 1_000, share, used, waiting));
        var pins = List.copyOf(made);
        made.clear();
        return CompletableFuture.completedFuture(List.of(new PoolReport(
                "ns/pool", meters, List.of(), pins, keys, false, waiting, headroom, -1, 0, redisUp, gone)));
    }

    @Override
    public void apply(List<PoolAnswer> answers) {
        applied.addAll(answers);
    }

    @Override
    public void alone(Set<String> ids) {
        alone = ids;
    }

    @Override
    public void onNeed(Runnable listener) {
        need = listener;
    }

    void need() {
        need.run();
    }

    /** What was given last of the limit of a minute, -1 for nothing yet. */
    long given(String meter) {
        return applied.stream()
                .flatMap(answer -> answer.shares().stream())
                .filter(given -> given.meter().endsWith(meter))
                .mapToLong(given -> given.share())
                .reduce(-1, (before, last) -> last);
    }
}
