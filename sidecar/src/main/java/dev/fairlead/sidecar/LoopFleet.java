package dev.fairlead.sidecar;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pools of all loops, each asked and told on its own. */
final class LoopFleet implements FleetPools {
    private final List<LoopParts> loops;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    LoopFleet(List<LoopParts> loops) {
        this.loops = loops;
        loops.forEach(parts -> parts.loop.execute(() -> parts.pools.onNeed(this::needed)));
    }

    private void needed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<List<PoolReport>> report(CoordinationConfig.Mode mode) {
        var asked = loops.stream()
                .map(parts -> parts.call(() -> reports(parts, mode)))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        asked.stream().flatMap(each -> each.join().stream()).toList());
    }

    private static List<PoolReport> reports(LoopParts parts, CoordinationConfig.Mode mode) {
        var reports = new ArrayList<PoolReport>();
        for (var pool : parts.pools.pools()) {
            reports.add(pool.report(mode, parts.loop.nowMs(), parts.loop.epochMillis()));
        }
        return reports;
    }

    @Override
    public void apply(List<PoolAnswer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        for (var parts : loops) {
            parts.loop.execute(() -> {
                for (var answer : answers) {
                    var pool = parts.pools.pool(answer.pool());
                    if (pool != null) {
                        pool.apply(answer, parts.loop.nowMs());
                    }
                }
            });
        }
    }

    @Override
    public void alone(Set<String> ids) {
        for (var parts : loops) {
            parts.loop.execute(() -> {
                for (var id : ids) {
                    var pool = parts.pools.pool(id);
                    if (pool != null) {
                        pool.alone();
                    }
                }
            });
        }
    }

    @Override
    public void onNeed(Runnable listener) {
        listeners.add(listener);
    }
}
