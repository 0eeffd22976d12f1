package dev.fairlead.operator.plan;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Configurations as they would be if something about a pool were different. */
final class Variation {
    /** A name that no manifest can have, so that it meets no other. */
    private static final String MORE = "One more";

    private static final String MORE_FINGERPRINT = "one-more-key";

    private Variation() {}

    /** As one process would have it that has all of every limit: a plan is about the fleet as a whole. */
    static List<SidecarConfig> shareless(List<SidecarConfig> configs) {
        return eachPool(configs, pool -> with(pool, pool.keys(), pool.quotaGroups()));
    }

    /**
     * One more account with one key, with the limits of an account that there is.
     *
     * @param account whose limits; if the pool says nothing of it, those of the first that it does
     */
    static List<SidecarConfig> oneMoreAccount(List<SidecarConfig> configs, String poolId, String account) {
        return onePool(configs, poolId, pool -> {
            var like = pool.quotaGroups().stream()
                    .filter(group -> group.name().equals(account))
                    .findFirst()
                    .or(() -> pool.quotaGroups().stream().findFirst());
            if (like.isEmpty() || pool.keys().isEmpty()) {
                return pool;
            }
            var first = pool.keys().stream()
                    .filter(key -> key.group().equals(like.get().name()))
                    .findFirst()
                    .orElse(pool.keys().get(0));
            var keys = new ArrayList<>(pool.keys());
            keys.add(new KeyConfig(
                    MORE,
                    MORE,
                    Math.max(1, first.weight()),
                    MORE_FINGERPRINT,
                    MORE_FINGERPRINT,
                    first.priority(),
                    first.models(),
                    first.limits(),
                    null));
            var groups = new ArrayList<>(pool.quotaGroups());
            groups.add(new QuotaGroupConfig(MORE, like.get().limits()));
            return with(pool, keys, groups);
        });
    }

    /** Twice every limit of every account of the pool. */
    static List<SidecarConfig> oneTierUp(List<SidecarConfig> configs, String poolId) {
        return onePool(
                configs,
                poolId,
                pool -> with(
                        pool,
                        pool.keys(),
                        pool.quotaGroups().stream()
                                .map(group -> new QuotaGroupConfig(
                                        group.name(),
                                        group.limits().stream()
                                                .map(Variation::twice)
                                                .toList()))
                                .toList()));
    }

    private static QuotaLimits twice(QuotaLimits limits) {
        return new QuotaLimits(
                limits.models(),
                twice(limits.requestsPerMinute()),
                twice(limits.requestsPerDay()),
                twice(limits.inputTokensPerMinute()),
                twice(limits.outputTokensPerMinute()),
                twice(limits.tokensPerMinute()),
                twice(limits.tokensPerDay()),
                twice(limits.concurrency()),
                twice(limits.burst()));
    }

    private static Long twice(Long limit) {
        return limit == null ? null : Long.valueOf(2 * limit);
    }

    private static List<SidecarConfig> onePool(
            List<SidecarConfig> configs, String poolId, UnaryOperator<PoolConfig> change) {
        return eachPool(configs, pool -> pool.id().equals(poolId) ? change.apply(pool) : pool);
    }

    private static List<SidecarConfig> eachPool(List<SidecarConfig> configs, UnaryOperator<PoolConfig> change) {
        return configs.stream()
                .map(config -> new SidecarConfig(
                        config.version(),
                        config.workload(),
                        config.refusal(),
                        config.routes(),
                        config.pools().stream().map(change).toList()))
                .toList();
    }

    private static PoolConfig with(PoolConfig pool, List<KeyConfig> keys, List<QuotaGroupConfig> groups) {
        return new PoolConfig(
                pool.namespace(),
                pool.name(),
                pool.provider(),
                pool.baseUrl(),
                pool.auth(),
                keys,
                pool.strategy(),
                pool.coolDown(),
                pool.waitingRoom(),
                pool.proxy(),
                pool.caBundle(),
                pool.affinity(),
                groups,
                CoordinationConfig.LOCAL);
    }
}
