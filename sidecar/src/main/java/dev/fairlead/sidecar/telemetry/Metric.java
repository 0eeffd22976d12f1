package dev.fairlead.sidecar.telemetry;

import java.util.List;

/**
 * Every metric that this process shows: the one list behind the page and behind {@code docs/metrics.md}. The bounds of the
 * {@code gen_ai} histograms are those of the OpenTelemetry semantic conventions for generative AI.
 */
// Its lists come from List.of, its Buckets never change: the checker just cannot see it.
@SuppressWarnings("ImmutableEnumChecker")
enum Metric {
    OPERATION_DURATION(
            "gen_ai_client_operation_duration_seconds",
            Buckets.OPERATION,
            List.of("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "error_type"),
            "Duration of calls that reached a provider, from request head to the end of the answer, waiting included."
                    + " error_type is empty for calls that ended well."),
    TOKEN_USAGE(
            "gen_ai_client_token_usage_tokens",
            Buckets.TOKENS,
            List.of("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "gen_ai_token_type"),
            "Tokens per call, input (cached tokens included) and output (reasoning included)."),
    TIME_TO_FIRST_TOKEN(
            "gen_ai_server_time_to_first_token_seconds",
            Buckets.FIRST_TOKEN,
            List.of("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"),
            "Time from request head to the first content of a stream that ended well."),
    REQUESTS(
            "fairlead_requests_total",
            Type.COUNTER,
            "",
            List.of("route", "endpoint", "provider", "outcome"),
            "Calls by how they ended: ok, refused, failed, cancelled."),
    REFUSALS(
            "fairlead_refusals_total",
            Type.COUNTER,
            "",
            List.of("route", "code"),
            "Calls answered with an error code of ours (x-fairlead-error): refusals, and failures that no provider worded."),
    ATTEMPTS(
            "fairlead_attempts_total",
            Type.COUNTER,
            "",
            List.of("pool", "class"),
            "Attempts at providers by failure class; ok for those that succeeded."),
    WAIT(
            "fairlead_wait_seconds",
            Buckets.WAIT,
            List.of("pool"),
            "Waiting for a key, once per attempt and once per call that waited in vain; most are 0."),
    WAIT_ERROR(
            "fairlead_wait_error_seconds",
            Buckets.WAIT_ERROR,
            List.of("pool"),
            "Predicted minus actual wait of calls that waited for a key; below 0 where it took longer than predicted."),
    WAITING("fairlead_waiting", Type.GAUGE, "", List.of("pool"), "Calls waiting for a key now."),
    POOL_KEYS("fairlead_pool_keys", Type.GAUGE, "", List.of("pool", "state"), "Keys of a pool by state."),
    POOL_HEADROOM(
            "fairlead_pool_headroom_ratio",
            Type.GAUGE,
            "ratio",
            List.of("pool"),
            "What is left of the limits of a pool's accounts, 0 to 1; absent where no limit is known."),
    LEASES_IN_FLIGHT("fairlead_leases_in_flight", Type.GAUGE, "", List.of("pool"), "Keys lent to running calls."),
    LEASES_LEAKED(
            "fairlead_leases_leaked_total",
            Type.COUNTER,
            "",
            List.of(),
            "Keys that a call did not give back by itself; anything but 0 is a bug."),
    TOKENS(
            "fairlead_tokens_total",
            Type.COUNTER,
            "",
            List.of("route", "direction"),
            "Tokens used, input (cached tokens included) or output (reasoning included)."),
    OVERHEAD(
            "fairlead_overhead_seconds",
            Buckets.OVERHEAD,
            List.of(),
            "Our own share of a call's duration: neither waiting for keys nor the provider."),
    RECORDS_DROPPED(
            "fairlead_records_dropped_total",
            Type.COUNTER,
            "",
            List.of(),
            "Call records that found no room or could not be written; the other metrics count those calls all the same."),
    REDIS_UP(
            "fairlead_redis_up",
            Type.GAUGE,
            "",
            List.of("address"),
            "Whether the Redis server that limits are shared by has answered the last question, 1 or 0; while it is 0 the last"
                    + " shares hold."),
    CONFIG_INFO("fairlead_config_info", Type.INFO, "", List.of("hash"), "The configuration in force."),
    CONFIG_AGE(
            "fairlead_config_age_seconds",
            Type.GAUGE,
            "seconds",
            List.of(),
            "Time since the configuration in force was applied."),
    BYTE_BUDGET_USED(
            "fairlead_byte_budget_used_bytes",
            Type.GAUGE,
            "bytes",
            List.of(),
            "Bytes of bodies, waiting calls and stream buffers held now."),
    BYTE_BUDGET_LIMIT(
            "fairlead_byte_budget_limit_bytes",
            Type.GAUGE,
            "bytes",
            List.of(),
            "What fairlead_byte_budget_used_bytes may grow to; calls beyond are refused."),
    CLIENT_CONNECTIONS("fairlead_client_connections", Type.GAUGE, "", List.of(), "Open connections of clients."),
    DIRECT_MEMORY(
            "fairlead_direct_memory_bytes",
            Type.GAUGE,
            "bytes",
            List.of(),
            "Memory outside the heap that the network buffers hold."),
    EVENT_LOOP_LAG(
            "fairlead_event_loop_lag_seconds",
            Buckets.LAG,
            List.of(),
            "How late timers of the event loops fire: how long anything waits until its loop gets to it."),
    JVM_MEMORY_USED(
            "jvm_memory_used_bytes", Type.GAUGE, "bytes", List.of("area"), "Memory of the JVM in use, by area."),
    JVM_MEMORY_MAX(
            "jvm_memory_max_bytes",
            Type.GAUGE,
            "bytes",
            List.of("area"),
            "What jvm_memory_used_bytes may grow to; absent where there is no limit."),
    JVM_BUFFER_POOL(
            "jvm_buffer_pool_used_bytes",
            Type.GAUGE,
            "bytes",
            List.of("pool"),
            "Memory of the JDK's own buffers outside the heap."),
    JVM_GC(
            "jvm_gc_collection_seconds",
            Type.SUMMARY,
            "seconds",
            List.of("gc"),
            "Time spent in garbage collection, and how often."),
    JVM_THREADS("jvm_threads_current", Type.GAUGE, "", List.of(), "Live threads."),
    PROCESS_CPU("process_cpu_seconds_total", Type.COUNTER, "seconds", List.of(), "CPU time, user and system."),
    PROCESS_RSS(
            "process_resident_memory_bytes",
            Type.GAUGE,
            "bytes",
            List.of(),
            "Resident memory; absent where the system does not tell."),
    PROCESS_OPEN_FDS("process_open_fds", Type.GAUGE, "", List.of(), "Open file descriptors."),
    PROCESS_MAX_FDS("process_max_fds", Type.GAUGE, "", List.of(), "How many file descriptors may be open."),
    PROCESS_START(
            "process_start_time_seconds", Type.GAUGE, "seconds", List.of(), "When the process started, Unix time.");

    /** What kind of metric it is for Prometheus. */
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY,
        INFO
    }

    private final String exposedName;
    private final Type type;
    private final String unit;
    private final List<String> labels;
    private final Buckets buckets;
    private final String meaning;

    Metric(String exposedName, Type type, String unit, List<String> labels, String meaning) {
        this(exposedName, type, unit, labels, null, meaning);
    }

    Metric(String exposedName, Buckets buckets, List<String> labels, String meaning) {
        this(exposedName, Type.HISTOGRAM, buckets.unit(), labels, buckets, meaning);
    }

    Metric(String exposedName, Type type, String unit, List<String> labels, Buckets buckets, String meaning) {
        this.exposedName = exposedName;
        this.type = type;
        this.unit = unit;
        this.labels = labels;
        this.buckets = buckets;
        this.meaning = meaning;
    }

    /** The name on the page; what a histogram or summary adds to it ({@code _bucket}, {@code _count}, {@code _sum}) excluded. */
    String exposedName() {
        return exposedName;
    }

    Type type() {
        return type;
    }

    /** {@code seconds}, {@code bytes}, {@code tokens}, or empty for plain counts. */
    String unit() {
        return unit;
    }

    List<String> labels() {
        return labels;
    }

    /** The buckets of a histogram. */
    Buckets buckets() {
        return buckets;
    }

    String meaning() {
        return meaning;
    }
}
