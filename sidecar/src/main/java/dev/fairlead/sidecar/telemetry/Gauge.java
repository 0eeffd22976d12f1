package dev.fairlead.sidecar.telemetry;

/** Numbers that live elsewhere and are read when somebody scrapes: each has a {@link GaugeSource}, given at assembly. */
public enum Gauge {
    /** Calls waiting for a key; label {@code pool}. */
    WAITING(Metric.WAITING),
    /** Keys by state; labels {@code pool}, {@code state}. */
    POOL_KEYS(Metric.POOL_KEYS),
    /** What is left of a pool's limits, 0 to 1; label {@code pool}. */
    POOL_HEADROOM(Metric.POOL_HEADROOM),
    /** Leases held by running calls; label {@code pool}. */
    LEASES_IN_FLIGHT(Metric.LEASES_IN_FLIGHT),
    /** Leases that were not given back by their call, since the start; no label. */
    LEASES_LEAKED(Metric.LEASES_LEAKED),
    /** Records that found no room or could not be written, since the start; no label. */
    RECORDS_DROPPED(Metric.RECORDS_DROPPED),
    /** Whether a Redis server answers, 1 or 0; label {@code address}. */
    REDIS_UP(Metric.REDIS_UP),
    /** The content hash of the configuration in force; label {@code hash}, the value does not matter. */
    CONFIG_INFO(Metric.CONFIG_INFO),
    /** Seconds since the configuration in force was applied; no label. */
    CONFIG_AGE(Metric.CONFIG_AGE),
    /** Bytes of the process's byte budget in use; no label. */
    BYTE_BUDGET_USED(Metric.BYTE_BUDGET_USED),
    /** Size of the process's byte budget; no label. */
    BYTE_BUDGET_LIMIT(Metric.BYTE_BUDGET_LIMIT),
    /** Open connections of clients; no label. */
    CLIENT_CONNECTIONS(Metric.CLIENT_CONNECTIONS),
    /** Direct memory held by the network buffers, bytes; no label. */
    DIRECT_MEMORY(Metric.DIRECT_MEMORY);

    private final Metric metric;

    Gauge(Metric metric) {
        this.metric = metric;
    }

    Metric metric() {
        return metric;
    }
}
