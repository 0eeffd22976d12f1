package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
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

    /** @param alarms makes one alarm per pool, which calls the given function with the monotonic time when it rings */
    public KeyPools(Function<LongConsumer, Alarm> alarms) {
        this.alarms = alarms;
    }

    /**
     * Makes these the pools, and returns them in the order given. Pools that are no longer named live on until
     * {@link #dissolveUnnamed}, so that the new configuration can come into force in between.
     */
    public List<KeyPool> apply(List<PoolConfig> configs, long nowMs) {
        var before = new HashMap<>(pools);
        pools.clear();
        for (var config : configs) {
            var pool = before.get(config.id());
            if (pool != null && pool.sameProvider(config)) {
                before.remove(config.id());
                pool.configure(config, nowMs);
            } else {
                pool = create(config);
            }
            pools.put(config.id(), pool);
        }
        unnamed.addAll(before.values());
        return configs.stream().map(config -> pools.get(config.id())).toList();
    }

    /** Sends away whoever waits in a pool that is no longer named. */
    public void dissolveUnnamed() {
        unnamed.forEach(KeyPool::dissolve);
        unnamed.clear();
    }

    /** The pools in force. */
    public Collection<KeyPool> pools() {
        return pools.values();
    }

    private KeyPool create(PoolConfig config) {
        var ringing = new KeyPool[1];
        var alarm = alarms.apply(nowMs -> ringing[0].tick(nowMs));
        ringing[0] = new KeyPool(config, alarm);
        return ringing[0];
    }
}
