package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of one object, in the order of their types. {@code lastTransitionTime} moves only with the status. For one
 * thread.
 */
final class Conditions {
    private final Clock clock;
    private final long generation;
    private final List<Condition> before;
    private final Map<ConditionType, Condition> now = new EnumMap<>(ConditionType.class);

    /**
     * @param generation what the conditions describe
     * @param before as they stand in the object; not changed
     */
    Conditions(Clock clock, long generation, List<Condition> before) {
        this.clock = clock;
        this.generation = generation;
        this.before = before == null ? List.of() : before;
    }

    Conditions set(ConditionType type, Verdict verdict) {
        String status = verdict.status().text();
        now.put(
                type,
                new ConditionBuilder()
                        .withType(type.text())
                        .withStatus(status)
                        .withReason(verdict.reason().text())
                        .withMessage(Sentences.bounded(verdict.message(), Sentences.LONGEST))
                        .withObservedGeneration(generation)
                        .withLastTransitionTime(find(before, type)
                                .filter(condition -> status.equals(condition.getStatus()))
                                .map(Condition::getLastTransitionTime)
                                .orElseGet(() -> clock.instant()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()))
                        .build());
        return this;
    }

    /** As it was, if it was. */
    Conditions keep(ConditionType type) {
        find(before, type)
                .ifPresent(condition -> now.put(
                        type,
                        new ConditionBuilder(condition)
                                .withObservedGeneration(generation)
                                .build()));
        return this;
    }

    List<Condition> list() {
        return new ArrayList<>(now.values());
    }

    static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.text().equals(condition.getType()))
                        .findFirst();
    }

    /** What is known about one type. */
    record Verdict(Status status, Reason reason, String message) {
        static Verdict yes(Reason reason, String message) {
            return new Verdict(Status.TRUE, reason, message);
        }

        static Verdict no(Reason reason, String message) {
            return new Verdict(Status.FALSE, reason, message);
        }

        static Verdict unknown(Reason reason, String message) {
            return new Verdict(Status.UNKNOWN, reason, message);
        }

        boolean isTrue() {
            return status == Status.TRUE;
        }

        boolean isFalse() {
            return status == Status.FALSE;
        }
    }

    /** The three values of a condition. */
    enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
