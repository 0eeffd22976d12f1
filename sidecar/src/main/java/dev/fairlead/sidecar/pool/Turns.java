package dev.fairlead.sidecar.pool;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.TreeSet;

/** The lines of one class at a board: those that may be offered a seat take turns by cost, whoever stands in them. */
final class Turns {
    private static final int SWEEP = 64;
    private static final Comparator<FairLevel> BY_TURN =
            Comparator.<FairLevel>comparingDouble(line -> line.start).thenComparingLong(line -> line.number);

    private final TreeSet<FairLevel> offered = new TreeSet<>(BY_TURN);
    private final ArrayDeque<Waiter> arrivals = new ArrayDeque<>();
    private double virtual;
    private int waiting;
    private int pinned;

    int waiting() {
        return waiting;
    }

    /** How many of them are not pinned to an account. */
    int free() {
        return waiting - pinned;
    }

    /** Somebody has come; the line that it stands in may be offered a seat. */
    void came(Waiter waiter, FairLevel line) {
        waiting++;
        pinned += waiter.request().pinnedGroup() == null ? 0 : 1;
        if (arrivals.size() > SWEEP && arrivals.size() > 2 * waiting) {
            arrivals.removeIf(gone -> gone.flow == null);
        }
        arrivals.add(waiter);
        if (line.waiting() == 1) {
            line.start = virtual;
        }
        offer(line);
    }

    /** Somebody has left its line, with its turn or without. */
    void left(Waiter waiter, FairLevel line) {
        waiting--;
        pinned -= waiter.request().pinnedGroup() == null ? 0 : 1;
        if (line.waiting() == 0) {
            block(line);
        }
        if (waiting == 0) { // The end of a busy period.
            arrivals.clear();
            virtual = 0;
        }
    }

    /** A call of this line has its turn at this cost. */
    void served(FairLevel line, double cost) {
        block(line);
        virtual = Math.max(virtual, line.start);
        line.start += cost;
        offer(line);
    }

    void offer(FairLevel line) {
        if (!line.offered && line.waiting() > 0) {
            line.offered = true;
            offered.add(line);
        }
    }

    void block(FairLevel line) {
        if (line.offered) {
            offered.remove(line);
            line.offered = false;
        }
    }

    /** Whose turn it is, {@code null} when nobody may be offered a seat. */
    Waiter head() {
        return offered.isEmpty() ? null : offered.first().head();
    }

    /** Whether somebody of the class has waited since then or longer. */
    boolean aged(long sinceMs) {
        while (!arrivals.isEmpty() && arrivals.peek().flow == null) {
            arrivals.poll();
        }
        return !arrivals.isEmpty() && arrivals.peek().agesFromMs() <= sinceMs;
    }
}
