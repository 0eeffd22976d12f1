package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this process knows of all pools that it shares, by whichever connection: connections come and go, with passwords that
 * are rotated and pools that leave and return, but to the books it is one process all its life.
 */
final class SharedPools {
    private final Map<String, SharedPool> pools = new HashMap<>();
    private WorkloadConfig workload;
    private long number;

    /** These are shared from now on, with all servers together. */
    void use(WorkloadConfig as, List<PoolConfig> configs) {
        workload = as;
        pools.keySet().retainAll(configs.stream().map(PoolConfig::id).toList());
        configs.forEach(config ->
                pools.computeIfAbsent(config.id(), id -> new SharedPool()).use(config));
    }

    /** As whose process it shares them. */
    WorkloadConfig workload() {
        return workload;
    }

    /** One that {@link #use} was told of. */
    SharedPool get(String id) {
        return pools.get(id);
    }

    /** Pins are reported once, to whoever asks: keeps them for the server that the pool is shared by. */
    void made(PoolReport report) {
        var pool = pools.get(report.pool());
        if (pool != null) {
            pool.made(report.pins());
        }
    }

    /** The books take no report for new whose number is not greater than that of the one before. */
    long nextNumber() {
        return ++number;
    }
}
