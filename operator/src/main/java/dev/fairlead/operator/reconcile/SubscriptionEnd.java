package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.Subscription;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a Subscription ends.
 *
 * @param at from this moment on it gives nothing
 * @param text as somebody wrote it
 * @param path where
 */
record SubscriptionEnd(Instant at, String text, String path) {
    /** The earlier of the two ends that can be written; empty for never. */
    static Optional<SubscriptionEnd> of(Subscription subscription) {
        var spec = subscription.getSpec();
        if (spec == null) {
            return Optional.empty();
        }
        String notAfter = spec.getApproval() == null ? null : spec.getApproval().getNotAfter();
        return Stream.of(read(spec.getExpiresAt(), "spec.expiresAt"), read(notAfter, "spec.approval.notAfter"))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(SubscriptionEnd::at));
    }

    private static Optional<SubscriptionEnd> read(String text, String path) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(new SubscriptionEnd(OffsetDateTime.parse(text).toInstant(), text, path));
        } catch (DateTimeException e) {
            return Optional.empty(); // a finding of the compiler
        }
    }
}
