package dev.fairlead.operator.inject;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * How many Events may be written: of one namespace 20 and then one in 10 s, of all 200 and then one a second. What is unused comes
 * back at the same rate. Safe on every thread.
 */
final class EventBudget {
    private static final int OF_A_NAMESPACE = 20;
    private static final long NAMESPACE_MILLIS = 10_000;
    private static final int OF_ALL = 200;
    private static final long ALL_MILLIS = 1_000;

    /** Names may be invented. */
    private static final int NAMESPACES_AT_MOST = 1_024;

    private final Clock clock;

    /** When a namespace's budget is whole again, in milliseconds of the clock. */
    private final Map<String, Long> wholeAt = new HashMap<>();

    private long allWholeAt;

    EventBudget(Clock clock) {
        this.clock = clock;
    }

    /** Whether one more may be written, which is then written off. */
    synchronized boolean take(String namespace) {
        long now = clock.millis();
        if (wholeAt.size() >= NAMESPACES_AT_MOST) {
            wholeAt.values().removeIf(at -> at <= now);
        }
        if (wholeAt.size() >= NAMESPACES_AT_MOST && !wholeAt.containsKey(namespace)) {
            return false;
        }
        long own = Math.max(wholeAt.getOrDefault(namespace, now), now) + NAMESPACE_MILLIS;
        long all = Math.max(allWholeAt, now) + ALL_MILLIS;
        if (own - now > OF_A_NAMESPACE * NAMESPACE_MILLIS || all - now > OF_ALL * ALL_MILLIS) {
            return false;
        }
        wholeAt.put(namespace, own);
        allWholeAt = all;
        return true;
    }
}
