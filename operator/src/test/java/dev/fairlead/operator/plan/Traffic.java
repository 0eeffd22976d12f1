package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.load.CallBodies;
import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.operator.plan.provider.VirtualProvider;
import dev.fairlead.operator.plan.virtual.VirtualClient;
import dev.fairlead.operator.plan.virtual.VirtualLoop;
import dev.fairlead.operator.plan.virtual.VirtualSidecar;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.pool.PoolView;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Clients, the whole exchange and a provider in virtual time, for tests: clients may go away, configurations may change. */
final class Traffic {
    private static final ProviderProfiles PROFILES = ProviderProfiles.load();

    final VirtualLoop loop = new VirtualLoop(1_700_000_000_000L);
    final Map<String, Integer> outcomes = new TreeMap<>();
    final List<VirtualClient> clients = new ArrayList<>();
    private final Map<String, VirtualProvider> providers = new HashMap<>();
    private final VirtualSidecar sidecar;
    private final CallBodies bodies = new CallBodies();
    private final Load load;
    private final SplittableRandom random;
    private final double leaving;
    long longestMs;
    /** By the provider's own count. */
    long outputTokens;

    int gone;

    /**
     * @param truth the accounts as the provider knows them; the sidecar may know less
     * @param leaving share of the clients that go away at some point
     */
    Traffic(Load load, SidecarConfig truth, double leaving, long seed) {
        this.load = load;
        this.leaving = leaving;
        this.random = new SplittableRandom(seed);
        truth.pools()
                .forEach(pool -> providers.put(
                        pool.id(),
                        new VirtualProvider(
                                loop,
                                pool,
                                PROFILES.get(pool.provider()),
                                number -> load.calls().get((int) number),
                                40)));
        sidecar = new VirtualSidecar(loop, 1, pool -> providers.get(pool.id()), this::count, 1L << 30);
    }

    private void count(CallFacts facts) {
        var what = facts.outcome == Outcome.OK
                ? "ok"
                : facts.error == null ? "status_" + facts.status : facts.error.code();
        outcomes.merge(what, 1, Integer::sum);
        outputTokens += facts.usage.estimated() ? 0 : facts.usage.outputTokens();
        longestMs = Math.max(longestMs, facts.durationUs / 1_000);
    }

    void apply(SidecarConfig config) {
        sidecar.apply(List.of(config));
    }

    /** Makes every call, and goes on until each has ended. */
    Traffic run() {
        for (int i = 0; i < load.calls().size(); i++) {
            int number = i;
            loop.atMicros(load.calls().get(i).atMicros(), () -> call(number));
        }
        while (clients.size() < load.calls().size() || sidecar.running() > 0) {
            if (!loop.step()) {
                throw new AssertionError(sidecar.running() + " calls will never be answered");
            }
        }
        return this;
    }

    private void call(int number) {
        var call = load.calls().get(number);
        var client = new VirtualClient(Map.of(VirtualProvider.CALL_NUMBER, Integer.toString(number)));
        clients.add(client);
        var exchange = sidecar.call(0, call.endpoint(), client, bodies.of(call));
        if (random.nextDouble() < leaving) {
            loop.after(random.nextLong(20_000), () -> {
                if (!client.answered() && !exchange.finished()) {
                    gone++;
                    exchange.clientGone();
                }
            });
        }
    }

    VirtualProvider provider(String pool) {
        return providers.get(pool);
    }

    int served() {
        return outcomes.getOrDefault("ok", 0);
    }

    long leaks() {
        return sidecar.leaks();
    }

    List<PoolView> pools() {
        return sidecar.pools();
    }
}
