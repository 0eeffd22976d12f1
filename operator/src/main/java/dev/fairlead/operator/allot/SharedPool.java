package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the leader needs to know of a pool: from its own compilation, never from a report.
 *
 * @param id {@code namespace/name}
 * @param leased whether the leader divides its limits
 * @param limits that sidecars share, whoever divides them, by the meter's name
 * @param accounts the keys of each that may be called with, by fingerprint
 * @param longestRestMs how long anything of it may rest at most
 */
public record SharedPool(
        String id,
        boolean leased,
        Map<String, SharedLimit> limits,
        Map<String, Set<String>> accounts,
        long longestRestMs) {
    /** A provider that is called without a key has one account, and as good as one key. */
    private static final Map<String, Set<String>> ANONYMOUS = Map.of("none", Set.of("none"));

    public SharedPool {
        limits = Map.copyOf(limits);
        accounts = Map.copyOf(accounts);
    }

    /** Of a pool as sidecars get it. */
    public static SharedPool of(PoolConfig pool) {
        boolean leased = pool.coordination().mode() == CoordinationConfig.Mode.LEASED;
        return new SharedPool(
                pool.id(),
                leased,
                pool.coordination().mode() == CoordinationConfig.Mode.LOCAL
                        ? Map.of()
                        : SharedLimit.of(pool).stream()
                                .collect(Collectors.toMap(SharedLimit::meter, Function.identity(), (a, b) -> a)),
                pool.auth().equals("None") ? ANONYMOUS : accounts(pool.keys()),
                pool.coolDown().maxMs());
    }

    private static Map<String, Set<String>> accounts(List<KeyConfig> keys) {
        return keys.stream()
                .collect(Collectors.groupingBy(
                        KeyConfig::group,
                        Collectors.filtering(
                                key -> key.weight() > 0,
                                Collectors.mapping(KeyConfig::fingerprint, Collectors.toUnmodifiableSet()))));
    }
}
