package dev.fairlead.operator.allot;

import java.util.HashMap;
import java.util.Map;

/**
 * What was said of rests that made room for others: who says so again goes on with the time that it has left to be believed alone.
 * Nobody gets more of it by saying a lot else meanwhile.
 */
final class PastClaims {
    private static final int MOST_OF_ONE = 5_000;
    private static final int MOST = 2 * MOST_OF_ONE;

    private final Map<RestBook.What, Past> past = new HashMap<>();
    /** By who had said it first. */
    private final Map<String, Integer> counts = new HashMap<>();

    private record Past(String first, Claims claims) {}

    boolean hasRoom(String pod) {
        return past.size() < MOST && counts.getOrDefault(pod, 0) < MOST_OF_ONE;
    }

    /** Whether there was room for it. */
    boolean keep(RestBook.What what, String first, Claims claims) {
        if (!hasRoom(first)) {
            return false;
        }
        past.put(what, new Past(first, claims));
        counts.merge(first, 1, Integer::sum);
        return true;
    }

    /** What was said of it before, if anything. */
    Claims takeBack(RestBook.What what) {
        var before = past.remove(what);
        if (before == null) {
            return new Claims();
        }
        counts.merge(before.first, -1, Integer::sum);
        return before.claims;
    }

    void forget(long nowMs) {
        if (past.values().removeIf(each -> each.claims.over(nowMs))) {
            counts.clear();
            past.values().forEach(each -> counts.merge(each.first, 1, Integer::sum));
        }
    }
}
