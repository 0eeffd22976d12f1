package dev.fairlead.sidecar.exchange;

import java.util.HashMap;
import java.util.Map;

/**
 * How long a call has stood in the line of each pool, however often it came back to it: a pool's longest wait is the sum. Places
 * that it has at the same time, for several targets, count once. One loop.
 */
final class TimeInLine {
    private Map<String, Stay> stays = Map.of(); // Most calls wait nowhere.

    private static final class Stay {
        private int places;
        private long sinceUs;
        private long beforeUs;
    }

    /** It takes a place; a pool by its id. */
    void enter(String pool, long nowUs) {
        stays = stays.isEmpty() ? new HashMap<>(4) : stays;
        var stay = stays.computeIfAbsent(pool, id -> new Stay());
        if (stay.places++ == 0) {
            stay.sinceUs = nowUs;
        }
    }

    /** It leaves one. */
    void leave(String pool, long nowUs) {
        var stay = stays.get(pool);
        if (--stay.places == 0) {
            stay.beforeUs += nowUs - stay.sinceUs;
        }
    }

    /** Until now, milliseconds. */
    long waitedMs(String pool, long nowUs) {
        var stay = stays.get(pool);
        if (stay == null) {
            return 0;
        }
        return (stay.beforeUs + (stay.places == 0 ? 0 : nowUs - stay.sinceUs)) / 1_000;
    }
}
