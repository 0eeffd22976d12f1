package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the leader needs to know of a pool: from its own compilation, never from a report.
 *
 * @param id {@code namespace/name}
 * @param leased whether the leader divides its limits
 * @param limits by the meter's name
 * @param groups its accounts
 * @param longestRestMs how long anything of it may rest at most
 */
public record SharedPool(
        String id, boolean leased, Map<String, SharedLimit> limits, Set<String> groups, long longestRestMs) {
    public SharedPool {
        limits = Map.copyOf(limits);
        groups = Set.copyOf(groups);
    }

    /** Of a pool as sidecars get it. */
    public static SharedPool of(PoolConfig pool) {
        boolean leased = pool.coordination().mode() == CoordinationConfig.Mode.LEASED;
        return new SharedPool(
                pool.id(),
                leased,
                leased
                        ? SharedLimit.of(pool).stream()
                                .collect(Collectors.toMap(SharedLimit::meter, Function.identity(), (a, b) -> a))
                        : Map.of(),
                pool.keys().stream().map(KeyConfig::group).collect(Collectors.toSet()),
                pool.coolDown().maxMs());
    }
}
