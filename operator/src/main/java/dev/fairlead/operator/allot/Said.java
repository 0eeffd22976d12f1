package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.List;

/** What one sidecar has last said of one pool, and how much of the news it has been told. */
final class Said {
    private static final int MOST_KEYS = 1_000;
    private static final int LONGEST_TEXT = 256;

    private List<KeyReading> keys = List.of();
    private int waiting;
    private int headroomPercent = -1;
    private long exhaustsInMs = -1;
    private long at;
    private long told;
    private long toldBefore;

    void read(PoolReport report, long nowMs) {
        keys = report.keys().stream()
                .filter(key -> bounded(key.name())
                        && bounded(key.fingerprint())
                        && bounded(key.state())
                        && bounded(key.reason()))
                .filter(key -> !key.state().equals("Available"))
                .limit(MOST_KEYS)
                .toList();
        waiting = Math.max(0, report.waiting());
        headroomPercent = Math.max(-1, Math.min(100, report.headroomPercent()));
        exhaustsInMs = Math.max(-1, report.exhaustsInMs());
        at = nowMs;
    }

    private static boolean bounded(String text) {
        return text != null && text.length() <= LONGEST_TEXT;
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

    int waiting() {
        return waiting;
    }

    int headroomPercent() {
        return headroomPercent;
    }

    long exhaustsInMs() {
        return exhaustsInMs;
    }

    long ageMs(long nowMs) {
        return nowMs - at;
    }
}
