package dev.fairlead.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.redis.RedisStanding;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RedisInReportsTest {
    private static final FleetPools POOLS = new FleetPools() {
        @Override
        public CompletionStage<List<PoolReport>> report(Mode mode) {
            return CompletableFuture.completedFuture(List.of(pool("ns/by-redis"), pool("ns/leased")));
        }

        @Override
        public void apply(List<PoolAnswer> answers) {}

        @Override
        public void alone(Set<String> ids) {}

        @Override
        public void onNeed(Runnable listener) {}
    };

    private static PoolReport pool(String id) {
        return new PoolReport(id, List.of(), List.of(), List.of(), List.of(), false, 0, -1, -1);
    }

    private static List<Boolean> said(boolean up, long forMs) throws Exception {
        var standing = new RedisStanding("redis:6379", up, up ? null : "away", forMs, Set.of("ns/by-redis"));
        return new RedisInReports(POOLS, () -> List.of(standing))
                .report(Mode.LEASED).toCompletableFuture().get().stream()
                        .map(PoolReport::redisUp)
                        .toList();
    }

    @Test
    void onlyOfPoolsWithARedisItIsSaidWhetherItAnswersAndAMomentIsNotToldOf() throws Exception {
        assertThat(said(true, 0)).containsExactly(true, null);
        assertThat(said(false, RedisInReports.AWAY_MS)).containsExactly(false, null);
        assertThat(said(false, RedisInReports.AWAY_MS - 1)).containsExactly(null, null);
    }
}
