package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.load.DescribedLoad;
import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import dev.fairlead.sidecar.config.TimeoutsConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Configurations and loads for tests of plans. */
final class Pools {
    static final Workload WORKLOAD = new Workload("default", "Deployment/app", "default", Map.of());

    private Pools() {}

    /** One pool of so many accounts with one key each, all with the same limits; calls may take and wait so long. */
    static SidecarConfig accounts(int accounts, QuotaLimits limits, long deadlineMs) {
        return accounts(accounts, limits, deadlineMs, "OpenAI");
    }

    /** The same at another type of provider. */
    static SidecarConfig accounts(int accounts, QuotaLimits limits, long deadlineMs, String provider) {
        var keys = new ArrayList<KeyConfig>();
        var groups = new ArrayList<QuotaGroupConfig>();
        for (int i = 1; i <= accounts; i++) {
            keys.add(key(i, null));
            groups.add(new QuotaGroupConfig("account-" + i, limits == null ? List.of() : List.of(limits)));
        }
        return of(provider, "APIKey", keys, groups, deadlineMs, "gpt-4o");
    }

    /** So many keys of accounts that the pool says nothing of, each with these limits. */
    static SidecarConfig limitedKeys(int count, QuotaLimits limits, long deadlineMs) {
        var keys = new ArrayList<KeyConfig>();
        for (int i = 1; i <= count; i++) {
            keys.add(key(i, limits));
        }
        return of("OpenAI", "APIKey", keys, List.of(), deadlineMs, "gpt-4o");
    }

    /** A provider that asks for no key, and has limits all the same. */
    static SidecarConfig withoutKeys(QuotaLimits limits, long deadlineMs) {
        var group = new QuotaGroupConfig("account-1", List.of(limits));
        return of("OpenAICompatible", "None", List.of(), List.of(group), deadlineMs, "gpt-4o");
    }

    /** One account for each model, with one key and its own limits, in the order of their names. */
    static SidecarConfig accountsByModel(SortedMap<String, QuotaLimits> limits, long deadlineMs) {
        var keys = new ArrayList<KeyConfig>();
        var groups = new ArrayList<QuotaGroupConfig>();
        limits.forEach((model, ofAccount) -> {
            int i = keys.size() + 1;
            keys.add(new KeyConfig(
                    "key-" + i, "account-" + i, 1, "%012x".formatted(i), "sk-" + i, 0, List.of(model), null, null));
            groups.add(new QuotaGroupConfig("account-" + i, List.of(ofAccount)));
        });
        return of("OpenAI", "APIKey", keys, groups, deadlineMs, limits.keySet().toArray(String[]::new));
    }

    private static KeyConfig key(int i, QuotaLimits limits) {
        return new KeyConfig(
                "key-" + i, "account-" + i, 1, "%012x".formatted(i), "sk-" + i, 0, List.of(), limits, null);
    }

    private static SidecarConfig of(
            String provider,
            String auth,
            List<KeyConfig> keys,
            List<QuotaGroupConfig> groups,
            long deadlineMs,
            String... models) {
        var pool = new PoolConfig(
                "default",
                "openai",
                provider,
                "https://api.openai.com/v1",
                auth,
                keys,
                null,
                null,
                new WaitConfig(deadlineMs, 100_000, 1L << 30),
                null,
                null,
                null,
                groups,
                null);
        var route = new RouteConfig(
                "default",
                "chat",
                RouteConfig.Audience.OWN,
                null,
                null,
                null,
                List.of("ChatCompletions", "Responses", "Embeddings"),
                Stream.of(models)
                        .map(model -> new ModelConfig(
                                model, List.of(new TargetConfig("primary", "default/openai", null, 0, 1))))
                        .toList(),
                null,
                new TimeoutsConfig(deadlineMs, 3_000, 120_000, 120_000),
                null);
        return new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(route), List.of(pool));
    }

    static QuotaLimits requestsPerMinute(long limit) {
        return new QuotaLimits(null, limit, null, null, null, null, null, null, null);
    }

    static QuotaLimits concurrency(long limit) {
        return new QuotaLimits(null, null, null, null, null, null, null, limit, null);
    }

    static QuotaLimits tokensPerMinute(long limit) {
        return new QuotaLimits(null, null, null, null, null, limit, null, null, null);
    }

    /** 500 tokens in, 100 out, first token after 200 ms, the last after a second or so. */
    static Load load(double callsPerMinute, double burstiness, long durationMs, long seed) {
        return new DescribedLoad("gpt-4o", true, callsPerMinute, 500, 100, 0, burstiness, durationMs, 200, 100)
                .load(WORKLOAD, seed);
    }
}
