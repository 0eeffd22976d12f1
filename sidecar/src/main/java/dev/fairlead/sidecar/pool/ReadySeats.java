package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.select.SelectionStrategy;
import java.util.Arrays;

/**
 * Seats of one priority that are believed to be open, in no order that means anything; in a search, those that have been set
 * aside stand behind those on offer.
 */
final class ReadySeats {
    private final int priority;
    private final SelectionStrategy strategy;
    private Seat[] seats = new Seat[4];
    private int size;
    private int offered;

    ReadySeats(int priority, SelectionStrategy strategy) {
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
        if (size == seats.length) {
            seats = Arrays.copyOf(seats, size * 2);
        }
        seat.ready = true;
        put(seat, size++);
    }

    void leave(Seat seat) {
        if (seat.index < offered) { // Keeps those on offer together.
            swap(seat.index, --offered);
        }
        swap(seat.index, --size);
        seats[size] = null;
        seat.index = -1;
        seat.ready = false;
    }

    /** All are on offer again. */
    void search() {
        offered = size;
    }

    boolean anyOffered() {
        return offered > 0;
    }

    Seat choose(long affinity, long nowMs) {
        return seats[strategy.choose(seats, offered, affinity, nowMs)];
    }

    void granted(Seat seat) {
        strategy.granted(seat);
    }

    /** Not this one in the present search. */
    void setAside(Seat seat) {
        swap(seat.index, --offered);
    }

    private void swap(int a, int b) {
        if (a != b) {
            var one = seats[a];
            put(seats[b], a);
            put(one, b);
        }
    }

    private void put(Seat seat, int place) {
        seats[place] = seat;
        seat.index = place;
    }
}
