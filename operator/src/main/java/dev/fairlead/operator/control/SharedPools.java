package dev.fairlead.operator.control;

import dev.fairlead.operator.allot.SharedPool;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The pools of each workload in the latest rollout, as limits are divided. For one thread. */
final class SharedPools {
    private final Map<Workload, Map<String, SharedPool>> byWorkload = new HashMap<>();
    private final Map<String, SharedPool> all = new HashMap<>();
    private long number = -1;

    /** By their ids. */
    Map<String, SharedPool> of(Workload workload, Rollout rollout) {
        follow(rollout);
        return byWorkload.computeIfAbsent(workload, unseen -> {
            var config = rollout.compilation().configs().get(workload);
            return config == null ? Map.of() : pools(config);
        });
    }

    private void follow(Rollout rollout) {
        if (rollout.number() != number) {
            number = rollout.number();
            byWorkload.clear();
            all.clear();
        }
    }

    private Map<String, SharedPool> pools(SidecarConfig config) {
        // Most workloads have the same pools, and a pool is the same for all.
        return config.pools().stream()
                .collect(Collectors.toUnmodifiableMap(
                        pool -> pool.id(), pool -> all.computeIfAbsent(pool.id(), unseen -> SharedPool.of(pool))));
    }
}
