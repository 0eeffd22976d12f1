package dev.fairlead.sidecar.telemetry;

/** Numbers that live elsewhere and are read when somebody scrapes. */
public enum Gauge {
    /** Calls waiting for a key; label {@code pool}. */
    WAITING,
    /** Keys by state; labels {@code pool}, {@code state}. */
    POOL_KEYS,
    /** Leases held by running calls; label {@code pool}. */
    LEASES_IN_FLIGHT,
    /** Leases that were not given back by their call; no label. */
    LEASES_LEAKED,
    /** Records that found no room or could not be written; no label. */
    RECORDS_DROPPED,
    /** Always 1, label {@code hash}: the content hash of the configuration in force. */
    CONFIG_INFO,
    /** Seconds since the configuration in force was applied; no label. */
    CONFIG_AGE,
    /** Bytes of the process's byte budget in use; no label. */
    BYTE_BUDGET_USED,
    /** Size of the process's byte budget; no label. */
    BYTE_BUDGET_LIMIT,
    /** Open connections of clients; no label. */
    CLIENT_CONNECTIONS,
    /** Direct memory held by the network buffers, bytes; no label. */
    DIRECT_MEMORY
}
