package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which changes of conditions are worth an Event. What is said by several conditions is said once. */
final class Transitions {
    private static final String TRUE = Conditions.Status.TRUE.text();
    private static final String FALSE = Conditions.Status.FALSE.text();

    /** For these, good news are news, too: from False or Unknown to True. */
    private static final Set<ConditionType> BOTH_WAYS = Set.of(ConditionType.READY, ConditionType.APPROVED);

    private Transitions() {}

    /** What to say about the way from one list of conditions to another; problems first. */
    static List<News> between(List<Condition> before, List<Condition> now) {
        var news = new ArrayList<News>();
        for (var type : ConditionType.values()) {
            bad(type).flatMap(bad -> becameBad(type, bad, before, now)).ifPresent(news::add);
        }
        for (var type : ConditionType.values()) {
            becameGood(type, before, now).ifPresent(news::add);
        }
        return news.stream().distinct().toList();
    }

    private static Optional<String> bad(ConditionType type) {
        return switch (type) {
            case STALLED -> Optional.empty(); // says what Accepted or Approved say
            case CONFLICTED -> Optional.of(TRUE);
            default -> Optional.of(FALSE);
        };
    }

    private static Optional<News> becameBad(
            ConditionType type, String bad, List<Condition> before, List<Condition> now) {
        return Conditions.find(now, type)
                .filter(condition -> bad.equals(condition.getStatus()))
                .filter(condition -> Conditions.find(before, type)
                        .filter(old -> bad.equals(old.getStatus())
                                && condition.getReason().equals(old.getReason()))
                        .isEmpty())
                .map(condition -> new News(
                        waiting(condition) ? Events.NORMAL : Events.WARNING,
                        condition.getReason(),
                        condition.getMessage()));
    }

    /** A Subscription that nobody has decided about is no problem. */
    private static boolean waiting(Condition condition) {
        return Reason.PENDING_APPROVAL.text().equals(condition.getReason());
    }

    private static Optional<News> becameGood(ConditionType type, List<Condition> before, List<Condition> now) {
        var old = Conditions.find(before, type);
        boolean wasBad =
                old.filter(condition -> FALSE.equals(condition.getStatus())).isPresent();
        return Conditions.find(now, type)
                .filter(condition -> type != ConditionType.STALLED && type != ConditionType.CONFLICTED)
                .filter(condition -> TRUE.equals(condition.getStatus()))
                .filter(condition ->
                        old.filter(one -> TRUE.equals(one.getStatus())).isEmpty())
                .filter(condition -> wasBad || BOTH_WAYS.contains(type))
                .map(condition -> new News(Events.NORMAL, condition.getReason(), condition.getMessage()));
    }

    /**
     * An Event to be.
     *
     * @param type Normal or Warning
     */
    record News(String type, String reason, String message) {}
}
