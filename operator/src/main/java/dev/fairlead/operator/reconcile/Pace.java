package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How often a status is written: at once where a condition's status is another, else now and then. Safe on every thread. */
final class Pace {
    /** Between two writes, where a kind has no pace of its own; the longest there is. */
    static final Duration USUAL = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    Pace(Clock clock) {
        this.clock = clock;
    }

    /**
     * How long to wait with a status that differs; zero for not at all.
     *
     * @param between two writes, at most {@link #USUAL}
     */
    Duration pause(String uid, Duration between, List<Condition> before, List<Condition> now) {
        var last = written.get(uid);
        if (last == null || !statuses(before).equals(statuses(now))) {
            return Duration.ZERO;
        }
        var left = Duration.between(clock.instant(), last.plus(between));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A status was written now. */
    void wrote(String uid) {
        var now = clock.instant();
        written.values().removeIf(time -> !time.plus(USUAL).isAfter(now));
        written.put(uid, now);
    }

    private static Map<String, String> statuses(List<Condition> conditions) {
        var statuses = new TreeMap<String, String>();
        conditions.forEach(condition -> statuses.put(condition.getType(), condition.getStatus()));
        return statuses;
    }
}
