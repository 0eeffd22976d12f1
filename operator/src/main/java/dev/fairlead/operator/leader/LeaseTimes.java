package dev.fairlead.operator.leader;

import java.time.Duration;

/**
 * How long a lease lasts.
 *
 * @param lease how long others wait since the last renewal before they take it
 * @param renew how long the holder may write since its last renewal; shorter than {@code lease}
 * @param retry between two attempts to take or renew it
 */
record LeaseTimes(Duration lease, Duration renew, Duration retry) {
    /** As Kubernetes' own controllers have it. */
    static final LeaseTimes STANDARD =
            new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

    LeaseTimes {
        if (renew.compareTo(lease) >= 0 || retry.compareTo(renew) >= 0) {
            throw new IllegalArgumentException(
                    "expected retry < renew < lease, got " + retry + ", " + renew + ", " + lease);
        }
    }
}
