package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.rollout.AckSummary;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the status of one kind's objects says. Pure but for the time. Safe on every thread.
 *
 * @param <R> the kind
 * @param <S> its status
 */
interface Statuses<R extends HasMetadata, S> {
    /** A far end is looked at again on the way. */
    Duration LONGEST_TIMER = Duration.ofDays(1);

    /**
     * The status, made anew.
     *
     * @param before as it stands in the object, {@code null} for none; not changed
     */
    S of(Report<R> report, AckSummary acks, S before);

    /** The conditions of a status; empty for {@code null}. */
    List<Condition> conditionsOf(S status);

    /** What has changed besides conditions that somebody should hear of. */
    default List<Transitions.News> news(S before, S now) {
        return List.of();
    }

    /**
     * Between two writes of one object's status as long as no condition's status changes.
     *
     * @param before as it stands in the object, {@code null} for none
     */
    default Duration pace(S before, S now) {
        return Pace.USUAL;
    }

    /** After which time the status will be another one although nothing else happens. */
    default Optional<Duration> changesAfter(Report<R> report) {
        return Optional.empty();
    }

    /** How long until the first of these moments that is yet to come. */
    static Optional<Duration> untilFirst(Stream<Instant> ends, Instant now) {
        return ends.filter(end -> end.isAfter(now))
                .min(Comparator.naturalOrder())
                .map(end -> Duration.between(now, end))
                .map(left -> left.compareTo(LONGEST_TIMER) > 0 ? LONGEST_TIMER : left);
    }
}
