package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How often a status is written: at once where a condition's status is another, else every 5 s at most. Safe on every thread. */
final class Pace {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    Pace(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait with a status that differs; zero for not at all. */
    Duration pause(String uid, List<Condition> before, List<Condition> now) {
        var last = written.get(uid);
        if (last == null || !statuses(before).equals(statuses(now))) {
            return Duration.ZERO;
        }
        var left = Duration.between(clock.instant(), last.plus(BETWEEN));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A status was written now. */
    void wrote(String uid) {
        var now = clock.instant();
        written.values().removeIf(time -> !time.plus(BETWEEN).isAfter(now));
        written.put(uid, now);
    }

    private static Map<String, String> statuses(List<Condition> conditions) {
        var statuses = new TreeMap<String, String>();
        conditions.forEach(condition -> statuses.put(condition.getType(), condition.getStatus()));
        return statuses;
    }
}
