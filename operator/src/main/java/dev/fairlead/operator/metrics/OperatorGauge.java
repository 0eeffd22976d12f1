package dev.fairlead.operator.metrics;

import java.util.List;

/** What is as high as it is now; read at every scrape. */
// Its lists come from List.of: the checker just cannot see it.
@SuppressWarnings("ImmutableEnumChecker")
public enum OperatorGauge {
    CONNECTED_SIDECARS("connected_sidecars", "", "Sidecars whose configuration stream this replica serves."),
    ROLLOUT_BYTES(
            "rollout_bytes", "bytes", "Size of the latest rollout, the configurations of all workloads together."),
    LEADER("leader", "", "1 where this replica leads and writes, else 0."),
    CERTIFICATE_EXPIRY(
            "certificate_expiry_seconds",
            "seconds",
            "Time until what this replica serves TLS with ends: the leaf, and the CA that signed it. NaN before there is any.",
            "which"),
    SECRETS_WATCHED("secrets_watched", "", "Secrets and ConfigMaps that are watched because a KeyPool refers to them.");

    private static final String PREFIX = "fairlead_operator_";

    private final String name;
    private final String unit;
    private final String meaning;
    private final List<String> labels;

    OperatorGauge(String name, String unit, String meaning, String... labels) {
        this.name = name;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** The name on the page. */
    public String exposedName() {
        return PREFIX + name;
    }

    /** Names of the labels; their values are given in this order. */
    public List<String> labels() {
        return labels;
    }

    String unit() {
        return unit;
    }

    String meaning() {
        return meaning;
    }
}
