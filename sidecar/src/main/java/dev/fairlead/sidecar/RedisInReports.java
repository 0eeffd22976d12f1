package dev.fairlead.sidecar;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.redis.RedisStanding;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The pools of this process with a word on whether the Redis of each answers, for an operator. */
final class RedisInReports implements FleetPools {
    /** A server that has been away for less is not told of: it was not asked yet, or starts again. */
    static final long AWAY_MS = 3_000;

    private final FleetPools pools;
    private final Supplier<List<RedisStanding>> standings;

    /** @param standings of the servers in use; from every thread */
    RedisInReports(FleetPools pools, Supplier<List<RedisStanding>> standings) {
        this.pools = pools;
        this.standings = standings;
    }

    @Override
    public CompletionStage<List<PoolReport>> report(CoordinationConfig.Mode mode) {
        return pools.report(mode).thenApply(this::told);
    }

    private List<PoolReport> told(List<PoolReport> reports) {
        var up = new HashMap<String, Boolean>();
        for (var standing : standings.get()) {
            if (standing.up() || standing.forMs() >= AWAY_MS) {
                standing.pools().forEach(pool -> up.put(pool, standing.up()));
            }
        }
        return up.isEmpty()
                ? reports
                : reports.stream()
                        .map(report -> up.containsKey(report.pool()) ? report.withRedis(up.get(report.pool())) : report)
                        .toList();
    }

    @Override
    public void apply(List<PoolAnswer> answers) {
        pools.apply(answers);
    }

    @Override
    public void alone(Set<String> ids) {
        pools.alone(ids);
    }

    @Override
    public void onNeed(Runnable listener) {
        pools.onNeed(listener);
    }
}
