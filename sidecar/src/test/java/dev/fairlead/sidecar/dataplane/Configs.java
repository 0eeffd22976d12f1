package dev.fairlead.sidecar.dataplane;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.config.CoolDownRule;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.config.TimeoutsConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import java.util.ArrayList;
import java.util.List;

/** Builds configurations for tests, in the words of the tests. */
final class Configs {
    private final List<PoolConfig> pools = new ArrayList<>();
    private final List<TargetConfig> targets = new ArrayList<>();
    private List<LimitConfig> limits = List.of();
    private TimeoutsConfig timeouts = new TimeoutsConfig(10_000, 1_000, 5_000, 5_000);
    private FallbackConfig fallback;
    private long maxWaitMs = 10_000;
    private int maxDepth = 1_000;
    private long maxBytes = 64 << 20;
    private String affinity;
    private String strategy;
    private List<CoolDownRule> rules;
    private List<QuotaGroupConfig> quotaGroups;
    private String provider = "OpenAICompatible";
    private CoordinationConfig coordination;

    /** A pool at this address whose keys are named {@code account/key}; a target of the one route leads there. */
    Configs pool(String name, String url, String... keys) {
        var configs = new ArrayList<KeyConfig>();
        for (var key : keys) {
            var group = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
            configs.add(new KeyConfig(key.replace('/', '-'), group, 1, "fp-" + name + key, "sk-" + name + "-" + key));
        }
        pools.add(new PoolConfig(
                "team-a",
                name,
                provider,
                url,
                null,
                configs,
                strategy,
                rules == null ? null : new CoolDownConfig(30_000, 86_400_000, rules),
                new WaitConfig(maxWaitMs, maxDepth, maxBytes),
                null,
                null,
                affinity,
                quotaGroups,
                coordination));
        targets.add(new TargetConfig(name, "team-a/" + name, null, targets.size(), 1));
        return this;
    }

    /** The last pool's target sends this model name. */
    Configs sending(String model) {
        var last = targets.remove(targets.size() - 1);
        targets.add(new TargetConfig(last.name(), last.pool(), model, last.priority(), last.weight()));
        return this;
    }

    Configs limits(LimitConfig... newLimits) {
        limits = List.of(newLimits);
        return this;
    }

    Configs timeouts(long requestMs, long connectMs, long firstByteMs, long streamIdleMs) {
        timeouts = new TimeoutsConfig(requestMs, connectMs, firstByteMs, streamIdleMs);
        return this;
    }

    Configs fallback(FallbackConfig newFallback) {
        fallback = newFallback;
        return this;
    }

    /** For pools added afterwards. */
    Configs waiting(long newMaxWaitMs, int newMaxDepth) {
        maxWaitMs = newMaxWaitMs;
        maxDepth = newMaxDepth;
        return this;
    }

    /** For pools added afterwards: how many bytes of bodies may wait. */
    Configs waitingBytes(long newMaxBytes) {
        maxBytes = newMaxBytes;
        return this;
    }

    /** For pools added afterwards: {@code Session} or {@code Prefix}. */
    Configs affinity(String newAffinity) {
        affinity = newAffinity;
        return this;
    }

    /** For pools added afterwards: how keys are chosen. */
    Configs strategy(String newStrategy) {
        strategy = newStrategy;
        return this;
    }

    /** For pools added afterwards: what errors mean. */
    Configs rules(CoolDownRule... newRules) {
        rules = List.of(newRules);
        return this;
    }

    /** For pools added afterwards: what their accounts may use. */
    Configs quotas(QuotaGroupConfig... newQuotaGroups) {
        quotaGroups = List.of(newQuotaGroups);
        return this;
    }

    /** For pools added afterwards: with whom their limits are shared. */
    Configs coordination(CoordinationConfig newCoordination) {
        coordination = newCoordination;
        return this;
    }

    /** For pools added afterwards: the type of their provider. */
    Configs provider(String newProvider) {
        provider = newProvider;
        return this;
    }

    SidecarConfig build() {
        var route = new RouteConfig(
                "team-a",
                "chat",
                RouteConfig.Audience.OWN,
                null,
                null,
                null,
                List.of("ChatCompletions", "Responses", "Embeddings", "Models"),
                List.of(new ModelConfig("gpt-4o", targets)),
                fallback,
                timeouts,
                limits);
        return new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(route), pools);
    }
}
