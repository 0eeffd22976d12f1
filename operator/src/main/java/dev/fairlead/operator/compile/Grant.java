package dev.fairlead.operator.compile;

import java.util.Comparator;

/**
 * What a Subscription gives to a workload.
 *
 * @param subscription {@code namespace/name}
 * @param validUntilMs when an approval ends, epoch milliseconds; {@code null} for never
 * @param message what those who decided had to say; empty where they said nothing
 */
record Grant(String subscription, Decision decision, Long validUntilMs, String message) {
    /** The best for the workload first: approved before asked for before refused, the longest first. */
    static final Comparator<Grant> BEST_FIRST = Comparator.comparing(Grant::decision)
            .thenComparing(
                    grant -> grant.validUntilMs() == null ? Long.MAX_VALUE : grant.validUntilMs(),
                    Comparator.reverseOrder())
            .thenComparing(Grant::subscription);

    /** Where a Subscription stands, the best first. */
    enum Decision {
        APPROVED,
        PENDING,
        REVOKED,
        DENIED
    }
}
