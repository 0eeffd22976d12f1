package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.pool.quota.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The limits of one pool in one process, without the rest of a sidecar around them. */
final class QuotaPools implements FleetPools {
    private final Quotas quotas = new Quotas();
    private final String pool;
    private final List<Rest> rests = new ArrayList<>();
    private final List<Pin> made = new ArrayList<>();
    private final List<Rest> heardRests = new ArrayList<>();
    private final List<Pin> heardPins = new ArrayList<>();
    private Runnable needed = () -> {};
    private int answers;
    private int unheard;

    QuotaPools(PoolConfig config) {
        pool = config.id();
        quotas.configure(config, nowMs());
    }

    /** This configuration is in force from now on; a pool that was not shared before begins without a share. */
    synchronized void use(PoolConfig config) {
        quotas.configure(config, nowMs());
    }

    /** Makes one call that ends at once; false when it would have to wait. */
    synchronized boolean call() {
        var gate = quotas.account("acct", "m");
        if (gate.opensAt(Demand.ONE_CALL, nowMs()) > nowMs()) {
            gate.wanted(100, 0, 0);
            if (gate.lacksShare(Demand.ONE_CALL, nowMs())) {
                needed.run();
            }
            return false;
        }
        gate.settle(gate.reserve(Demand.ONE_CALL, nowMs()), Spent.NOTHING, true, nowMs());
        return true;
    }

    /** Makes calls until one would have to wait. */
    int callAll() {
        int done = 0;
        while (call()) {
            done++;
        }
        return done;
    }

    synchronized long share() {
        return quotas.readings(nowMs()).stream().mapToLong(MeterReading::share).sum();
    }

    synchronized int answers() {
        return answers;
    }

    /** Reports that the books took for late ones: their answers give no share. */
    synchronized int unheard() {
        return unheard;
    }

    synchronized void rest(Rest rest) {
        rests.add(rest);
    }

    synchronized void made(Pin pin) {
        made.add(pin);
    }

    synchronized List<Rest> heardRests() {
        return List.copyOf(heardRests);
    }

    synchronized List<Pin> heardPins() {
        return List.copyOf(heardPins);
    }

    @Override
    public synchronized CompletionStage<List<PoolReport>> report(Mode mode) {
        var report =
                new PoolReport(pool, quotas.readings(nowMs()), rests, List.copyOf(made), List.of(), false, 0, -1, -1);
        var foreign = new PoolReport("ns/elsewhere", List.of(), List.of(), List.of(), List.of(), false, 0, -1, -1);
        made.clear();
        return CompletableFuture.completedFuture(List.of(foreign, report));
    }

    @Override
    public synchronized void apply(List<PoolAnswer> all) {
        for (var answer : all) {
            answers++;
            unheard += answer.shares().isEmpty() ? 1 : 0;
            answer.shares().forEach(share -> quotas.share(share, nowMs()));
            heardRests.addAll(answer.rests());
            heardPins.addAll(answer.pins());
        }
    }

    @Override
    public synchronized void alone(Set<String> ids) {
        if (ids.contains(pool)) {
            quotas.alone();
        }
    }

    @Override
    public void onNeed(Runnable listener) {
        needed = listener;
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
