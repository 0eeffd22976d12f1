package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.Carryover;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.provider.AdmissionRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * All pools that one loop is home to; the package's entry. Used on that loop only.
 *
 * <p>A pool keeps its state over configurations as long as it is the same pool at the same provider: a changed provider or
 * address gets a fresh one, since a key must never travel to an address that its pool no longer names.
 */
public final class KeyPools {
    private final Map<String, KeyPool> pools = new HashMap<>();
    private final List<KeyPool> unnamed = new ArrayList<>();
    private final Function<LongConsumer, Alarm> alarms;
    private final long seed;
    private final Carryover carryover;
    private Runnable need = () -> {};

    /**
     * @param alarms makes one alarm per pool, which calls the given function with the monotonic time when it rings
     * @param seed of the small delays by which processes differ; 0 for none
     */
    public KeyPools(Function<LongConsumer, Alarm> alarms, long seed) {
        this(alarms, seed, Carryover.NOTHING);
    }

    /**
     * The same for a process that another may have been before.
     *
     * @param carryover what that has left
     */
    public KeyPools(Function<LongConsumer, Alarm> alarms, long seed, Carryover carryover) {
        this.alarms = alarms;
        this.seed = seed;
        this.carryover = carryover;
    }

    /**
     * Makes these the pools, and returns them in the order given. Pools that are no longer named live on until
     * {@link #dissolveUnnamed}, so that the new configuration can come into force in between.
     *
     * @param rules how a pool's provider counts calls in its limits
     * @param epochMs the wall clock, milliseconds since 1970
     */
    public List<KeyPool> apply(
            List<PoolConfig> configs, Function<PoolConfig, AdmissionRule> rules, long nowMs, long epochMs) {
        var before = new HashMap<>(pools);
        pools.clear();
        for (var config : configs) {
            var pool = before.get(config.id());
            if (pool != null && pool.sameProvider(config)) {
                before.remove(config.id());
                pool.configure(config, nowMs);
            } else {
                pool = create(config, rules.apply(config), nowMs);
            }
            pool.wallClock(nowMs, epochMs);
            pools.put(config.id(), pool);
        }
        unnamed.addAll(before.values());
        return configs.stream().map(config -> pools.get(config.id())).toList();
    }

    /** Sends away whoever waits in a pool that is no longer named, or for nothing that the new configuration still has. */
    public void dissolveUnnamed(long nowMs) {
        pools.values().forEach(pool -> pool.sendBackStranded(nowMs));
        unnamed.forEach(pool -> pool.dissolve(nowMs));
        unnamed.clear();
    }

    /** Tells what the wall clock shows; now and then, and it may have jumped. */
    public void wallClock(long nowMs, long epochMs) {
        pools.values().forEach(pool -> pool.wallClock(nowMs, epochMs));
    }

    /** Calls back, on this loop and perhaps often, when a call of any pool waits for a share of a limit. */
    public void onNeed(Runnable listener) {
        need = listener;
        pools.values().forEach(pool -> pool.onNeed(listener));
    }

    /** The pool of that id, {@code null} for none. */
    public KeyPool pool(String id) {
        return pools.get(id);
    }

    /** The pools in force. */
    public Collection<KeyPool> pools() {
        return pools.values();
    }

    private KeyPool create(PoolConfig config, AdmissionRule rule, long nowMs) {
        var ringing = new KeyPool[1];
        var alarm = alarms.apply(at -> ringing[0].tick(at));
        ringing[0] = new KeyPool(
                config,
                new Quotas(rule, carryover),
                alarm,
                seed == 0 ? 0 : (seed ^ config.id().hashCode()) | 1,
                nowMs);
        ringing[0].onNeed(need);
        return ringing[0];
    }
}
