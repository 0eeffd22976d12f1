package dev.fairlead.operator.metrics;

import java.util.List;

/** What is counted, from the start of the process. */
// Its lists come from List.of: the checker just cannot see it.
@SuppressWarnings("ImmutableEnumChecker")
public enum OperatorCounter {
    ROLLOUTS("rollouts", "Compilations of the cluster's state that were handed to the sidecars."),
    CONFIGS_SENT("configs_sent", "Configurations sent to sidecars, each a whole."),
    CONFIG_SENT_BYTES("config_sent_bytes", "Bytes sent on the configuration streams."),
    ACKS(
            "acks",
            "Answers of sidecars to a configuration: applied, refused (a sidecar could not use it), stale (ignored: of a stream or"
                    + " configuration that is not known).",
            "result"),
    STREAMS_REFUSED("streams_refused", "Requests of the configuration port that were refused, by error code.", "code"),
    STREAMS_STALLED("streams_stalled", "Streams that were cut because their client took nothing for too long."),
    REPORTS(
            "reports",
            "Reports of sidecars on their pools that came to this replica as the leader: answered, unanswered (late, unreadable,"
                    + " or leadership had just ended).",
            "result"),
    TOKEN_REVIEWS(
            "token_reviews",
            "Tokens of those who open a stream: accepted, refused, failed (the API server did not answer).",
            "result"),
    INJECTIONS(
            "injections",
            "Pods that the webhook decided on: inject, skip, deny, invalid (the request could not be read), unanswered (too"
                    + " many at once, or not in time), and why.",
            "decision",
            "reason"),
    STATUS_WRITES(
            "status_writes", "Statuses written, by kind and how it went: written, conflict, failed.", "kind", "result"),
    EVENTS("events", "Events emitted, Normal or Warning.", "type");

    private static final String PREFIX = "fairlead_operator_";

    private final String name;
    private final String meaning;
    private final List<String> labels;

    OperatorCounter(String name, String meaning, String... labels) {
        this.name = name;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** The name on the page. */
    public String exposedName() {
        return PREFIX + name + "_total";
    }

    /** Names of the labels; their values are given in this order. */
    public List<String> labels() {
        return labels;
    }

    String meaning() {
        return meaning;
    }
}
