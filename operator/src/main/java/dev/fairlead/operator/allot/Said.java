package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one sidecar has last said of one pool, and how much of the news it has been told. */
final class Said {
    private static final int LONGEST_TEXT = 256;
    /** A key at the limit of a day is parked for as long, also where rests are shorter. */
    private static final long LONGEST_WINDOW_MS = 86_400_000;
    /** What else is said ends in statuses and Events, where nobody's own words belong. */
    private static final Set<String> STATES =
            Set.of("Available", "Parked", "Suspended", "Invalid", "Expired", "Draining");

    private static final Set<String> REFUSED = Set.of("Suspended", "Invalid");

    private static final Set<String> REASONS = Stream.concat(
                    Stream.of(""), Arrays.stream(FailureClass.values()).map(FailureClass::wireName))
            .collect(Collectors.toUnmodifiableSet());

    private List<KeyReading> keys = List.of();
    private boolean calling;
    private int waiting;
    private int headroomPercent = -1;
    private long exhaustsInMs = -1;
    private boolean redisAway;
    private boolean tellsUse;
    private List<String> gone = List.of();
    private boolean saysAll;
    private long at;
    private long told;
    private long toldBefore;
    private long knew;

    /** @param longestRestMs how long anything of the pool may rest at most */
    void read(PoolReport report, long longestRestMs, long nowMs) {
        keys = report.keys().stream()
                .filter(Said::isOneOfOurs)
                .filter(key -> !key.state().equals("Available"))
                .limit(PoolReport.MOST)
                .map(key -> bounded(key, longestRestMs))
                .toList();
        calling = report.calling();
        waiting = Math.max(0, report.waiting());
        headroomPercent = Math.max(-1, Math.min(100, report.headroomPercent()));
        exhaustsInMs = Math.max(-1, report.exhaustsInMs());
        redisAway = Boolean.FALSE.equals(report.redisUp());
        tellsUse = report.elsewhere() != null;
        gone = report.gone().stream()
                .filter(Said::isShort)
                .limit(PoolReport.MOST_GONE)
                .toList();
        saysAll = report.leftOff() <= 0;
        at = nowMs;
        knew = told;
    }

    /** Whether that state lasts until a call is taken, however much time passes. */
    static boolean isRefused(String state) {
        return state != null && REFUSED.contains(state);
    }

    private static boolean isOneOfOurs(KeyReading key) {
        return isShort(key.name())
                && isShort(key.fingerprint())
                && key.state() != null
                && STATES.contains(key.state())
                && key.reason() != null
                && REASONS.contains(key.reason());
    }

    private static boolean isShort(String text) {
        return text != null && text.length() <= LONGEST_TEXT;
    }

    private static KeyReading bounded(KeyReading key, long longestRestMs) {
        long forMs = Math.max(0, Math.min(key.forMs(), Math.max(longestRestMs, LONGEST_WINDOW_MS)));
        return new KeyReading(key.name(), key.group(), key.fingerprint(), key.state(), forMs, key.reason());
    }

    /** From which number on it is told now. An answer may have got lost, so that everything is told twice. */
    long tellSince(long latest) {
        long since = toldBefore;
        toldBefore = told;
        told = latest;
        return since;
    }

    List<KeyReading> keys() {
        return keys;
    }

    /**
     * Whether its silence about a key means that it can take calls: who has not called, or has not heard yet, knows
     * nothing, and who could not say all says nothing by it.
     *
     * @param news the number of what it has to have heard
     */
    boolean wouldSay(long news) {
        return calling && saysAll && knew >= news;
    }

    int waiting() {
        return waiting;
    }

    int headroomPercent() {
        return headroomPercent;
    }

    long exhaustsInMs() {
        return exhaustsInMs;
    }

    boolean redisAway() {
        return redisAway;
    }

    /** Whether it says how much it has used of limits that somebody else divides. */
    boolean tellsUse() {
        return tellsUse;
    }

    /**
     * Models that the provider has told it are gone, by its word alone: that is enough for a condition, which keeps no call from
     * anything.
     */
    List<String> gone() {
        return gone;
    }

    long ageMs(long nowMs) {
        return nowMs - at;
    }
}
