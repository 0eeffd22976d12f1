package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.config.FallbackConfig;
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
import dev.fairlead.sidecar.exchange.Endpoint;
import dev.fairlead.sidecar.exchange.Exchange;
import dev.fairlead.sidecar.usage.CallFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One sidecar in virtual time with scripted providers: what a call comes to, to the millisecond. */
final class Scene {
    final VirtualLoop loop = new VirtualLoop(1_700_000_000_000L);
    final List<CallFacts> records = new ArrayList<>();
    private final Map<String, ScriptedProvider> providers = new HashMap<>();
    private final List<PoolConfig> pools = new ArrayList<>();
    private final List<TargetConfig> targets = new ArrayList<>();
    private final VirtualSidecar sidecar =
            new VirtualSidecar(loop, 1, pool -> provider(pool.name()), records::add, 1L << 30);
    private FallbackConfig fallback = FallbackConfig.DEFAULT;
    private long requestMs = 30_000;
    private boolean applied;

    ScriptedProvider provider(String pool) {
        return providers.computeIfAbsent(pool, name -> new ScriptedProvider(loop));
    }

    /** A pool with an account for each key, and a target that leads there with the client's own name of the model. */
    Scene pool(String name, String... keys) {
        return pool(name, (QuotaLimits) null, keys);
    }

    /** @param concurrency calls that each account takes at once, {@code null} for any number */
    Scene pool(String name, Long concurrency, String... keys) {
        return pool(
                name,
                concurrency == null
                        ? null
                        : new QuotaLimits(null, null, null, null, null, null, null, concurrency, null),
                keys);
    }

    /** @param limits of each account, {@code null} for none */
    Scene pool(String name, QuotaLimits limits, String... keys) {
        var configs = new ArrayList<KeyConfig>();
        var groups = new ArrayList<QuotaGroupConfig>();
        for (var key : keys) {
            configs.add(new KeyConfig(key, key, 1, "fp-" + key, "sk-" + key));
            if (limits != null) {
                groups.add(new QuotaGroupConfig(key, List.of(limits)));
            }
        }
        pools.add(new PoolConfig(
                "team-a",
                name,
                "OpenAICompatible",
                "https://" + name + ".example/v1",
                null,
                configs,
                "FillFirst",
                null,
                new WaitConfig(600_000, 1_000, 1L << 30),
                null,
                null,
                null,
                groups,
                null));
        targets.add(new TargetConfig(name, "team-a/" + name, null, targets.size(), 1));
        return this;
    }

    /** The last pool's target sends this model name. */
    Scene sending(String model) {
        var last = targets.remove(targets.size() - 1);
        targets.add(new TargetConfig(last.name(), last.pool(), model, last.priority(), last.weight()));
        return this;
    }

    Scene fallback(FallbackConfig newFallback) {
        fallback = newFallback;
        return this;
    }

    /** How long a call may take. */
    Scene requestMs(long ms) {
        requestMs = ms;
        return this;
    }

    private void apply() {
        var route = new RouteConfig(
                "team-a",
                "chat",
                RouteConfig.Audience.OWN,
                null,
                null,
                null,
                List.of("ChatCompletions"),
                List.of(new ModelConfig("gpt-4o", targets)),
                fallback,
                new TimeoutsConfig(requestMs, 3_000, 120_000, 120_000),
                null);
        sidecar.apply(List.of(new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(route), pools)));
        applied = true;
    }

    /** A client calls now. */
    Caller call(String... headers) {
        return call(false, headers);
    }

    /** A client asks for a stream now. */
    Caller stream(String... headers) {
        return call(true, headers);
    }

    private Caller call(boolean stream, String... headers) {
        var sent = new HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            sent.put(headers[i], headers[i + 1]);
        }
        var caller = new Caller(loop, sent);
        open(caller, stream);
        return caller;
    }

    Exchange open(Caller caller, boolean stream) {
        if (!applied) {
            apply();
        }
        var body = "{\"model\":\"gpt-4o\"" + (stream ? ",\"stream\":true" : "")
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        return sidecar.call(0, Endpoint.CHAT_COMPLETIONS, caller, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Lets time pass until no call runs, and then holds nothing. */
    void play() {
        while (sidecar.running() > 0) {
            if (!loop.step()) {
                throw new AssertionError(sidecar.running() + " calls will never be answered");
            }
        }
        if (sidecar.leaks() > 0) {
            throw new AssertionError(sidecar.leaks() + " leases were forgotten");
        }
    }

    /** Lets so many milliseconds pass. */
    void play(long ms) {
        loop.runUntilMicros(loop.micros() + ms * 1_000);
    }

    /** The record of the call that ended last. */
    CallFacts record() {
        return records.get(records.size() - 1);
    }
}
