package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.provider.VirtualProvider;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Configurations as they would be if something about a pool were different. */
final class Variation {
    /** A name that no manifest can have, so that it meets no other. */
    private static final String MORE = "One more";

    private static final String MORE_FINGERPRINT = "one-more-key";

    private Variation() {}

    /**
     * As one process would have it that has all of every limit, and the waiting rooms of all: a plan is about the fleet as a
     * whole.
     *
     * @param sidecars how many of them have each configuration
     */
    static List<SidecarConfig> asOne(List<SidecarConfig> configs, List<Integer> sidecars) {
        var rooms = new HashMap<String, Integer>();
        for (int i = 0; i < configs.size(); i++) {
            int more = sidecars.get(i);
            configs.get(i).pools().forEach(pool -> rooms.merge(pool.id(), more, Integer::sum));
        }
        return eachPool(
                configs,
                pool -> with(pool, pool.keys(), pool.quotaGroups(), times(pool.waitingRoom(), rooms.get(pool.id()))));
    }

    private static WaitConfig times(WaitConfig room, int rooms) {
        return new WaitConfig(
                room.maxWaitMs(),
                (int) Math.min(Integer.MAX_VALUE, (long) room.maxDepth() * rooms),
                room.maxBytes() > Long.MAX_VALUE / rooms ? Long.MAX_VALUE : room.maxBytes() * rooms);
    }

    /**
     * One more account with one key, with the limits of an account that there is. A pool without keys has no accounts, and
     * stays as it is.
     *
     * @param owner whose limits, as {@link dev.fairlead.operator.plan.provider.LimitUse#owner} says it: of an account, or of a
     *     single key
     */
    static List<SidecarConfig> oneMoreAccount(List<SidecarConfig> configs, String poolId, String owner) {
        return onePool(configs, poolId, pool -> {
            if (pool.keys().isEmpty()) {
                return pool;
            }
            var like = pool.keys().stream()
                    .filter(key -> key.group().equals(owner)
                            || VirtualProvider.owner(key).equals(owner))
                    .findFirst()
                    .orElse(pool.keys().get(0));
            var account = group(pool, owner).or(() -> group(pool, like.group()));
            var keys = new ArrayList<>(pool.keys());
            keys.add(new KeyConfig(
                    MORE,
                    MORE,
                    Math.max(1, like.weight()),
                    MORE_FINGERPRINT,
                    MORE_FINGERPRINT,
                    like.priority(),
                    like.models(),
                    like.limits(),
                    null));
            var groups = new ArrayList<>(pool.quotaGroups());
            groups.add(new QuotaGroupConfig(
                    MORE, account.map(QuotaGroupConfig::limits).orElse(List.of())));
            return with(pool, keys, groups);
        });
    }

    private static Optional<QuotaGroupConfig> group(PoolConfig pool, String name) {
        return pool.quotaGroups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst();
    }

    /** Twice every limit of every account of the pool, and of every key. */
    static List<SidecarConfig> oneTierUp(List<SidecarConfig> configs, String poolId) {
        return onePool(
                configs,
                poolId,
                pool -> with(
                        pool,
                        pool.keys().stream().map(Variation::twice).toList(),
                        pool.quotaGroups().stream().map(Variation::twice).toList()));
    }

    private static QuotaGroupConfig twice(QuotaGroupConfig group) {
        return new QuotaGroupConfig(
                group.name(), group.limits().stream().map(Variation::twice).toList());
    }

    private static KeyConfig twice(KeyConfig key) {
        return new KeyConfig(
                key.name(),
                key.group(),
                key.weight(),
                key.fingerprint(),
                key.secret(),
                key.priority(),
                key.models(),
                key.limits() == null ? null : twice(key.limits()),
                key.notAfterMs());
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
        return with(pool, keys, groups, pool.waitingRoom());
    }

    private static PoolConfig with(
            PoolConfig pool, List<KeyConfig> keys, List<QuotaGroupConfig> groups, WaitConfig room) {
        return new PoolConfig(
                pool.namespace(),
                pool.name(),
                pool.provider(),
                pool.baseUrl(),
                pool.auth(),
                keys,
                pool.strategy(),
                pool.coolDown(),
                room,
                pool.proxy(),
                pool.caBundle(),
                pool.affinity(),
                groups,
                CoordinationConfig.LOCAL);
    }
}
