package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.select.SelectionStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Seats of one priority that are believed to be open. A search chooses one after the other; what it has set aside stands with
 * the others again when the next begins.
 */
final class ReadySeats {
    private final int priority;
    private final SelectionStrategy<Seat> strategy;
    private final List<Seat> aside = new ArrayList<>(0);
    private int size;

    ReadySeats(int priority, SelectionStrategy<Seat> strategy) {
        this.priority = priority;
        this.strategy = strategy;
    }

    int priority() {
        return priority;
    }

    int size() {
        return size;
    }

    boolean none() {
        return size == 0;
    }

    void enter(Seat seat) {
        seat.stands(this);
        strategy.enter(seat);
        size++;
    }

    void leave(Seat seat) {
        if (isAside(seat)) {
            aside.remove(seat);
        } else {
            strategy.leave(seat);
        }
        seat.steppedBack();
        size--;
    }

    /** All are on offer again. */
    void search() {
        for (int i = 0; i < aside.size(); i++) {
            strategy.enter(aside.get(i));
        }
        aside.clear();
    }

    boolean anyOffered() {
        return size > aside.size();
    }

    Seat choose(long affinity, long nowMs) {
        return strategy.choose(affinity, nowMs);
    }

    void granted(Seat seat) {
        if (isAside(seat)) {
            search();
        }
        strategy.granted(seat);
    }

    /** Not this one in the present search. */
    void setAside(Seat seat) {
        strategy.leave(seat);
        aside.add(seat);
    }

    void onTheirWay(Seat seat, int more) {
        if (!isAside(seat)) {
            strategy.onTheirWay(more);
        }
    }

    private static boolean isAside(Seat seat) {
        return seat.place() < 0;
    }
}
