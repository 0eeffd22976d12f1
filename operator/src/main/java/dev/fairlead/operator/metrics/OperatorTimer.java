package dev.fairlead.operator.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** What is measured in seconds. */
public enum OperatorTimer {
    COMPILE("compile", "Compiling the cluster's state once."),
    PROPAGATION(
            "propagation",
            "From a rollout to each acknowledgement of a configuration that is new in it, by sidecars that were connected before.");

    private static final String PREFIX = "fairlead_operator_";
    private static final long[] BOUNDS_MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000
    };

    private final String name;
    private final String meaning;

    OperatorTimer(String name, String meaning) {
        this.name = name;
        this.meaning = meaning;
    }

    /** The name on the page; {@code _bucket}, {@code _count}, {@code _sum} and {@code _max} are added to it. */
    public String exposedName() {
        return PREFIX + name + "_seconds";
    }

    String meaning() {
        return meaning;
    }

    /** Upper bounds of the buckets. */
    static Duration[] bounds() {
        return LongStream.of(BOUNDS_MILLIS).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
