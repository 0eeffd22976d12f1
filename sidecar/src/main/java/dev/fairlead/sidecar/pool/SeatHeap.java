package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.select.CandidateHeap;

/** Seats that rest, the one that may open first on top. */
final class SeatHeap {
    private final CandidateHeap<Seat> heap = new CandidateHeap<>((one, other) -> one.wakeAt < other.wakeAt);

    int size() {
        return heap.size();
    }

    Seat top() {
        return heap.top();
    }

    /** Any of them; low places are among the first to open. */
    Seat at(int place) {
        return heap.at(place);
    }

    void add(Seat seat, long wakeAt) {
        seat.wakeAt = wakeAt;
        heap.add(seat);
    }

    void remove(Seat seat) {
        heap.remove(seat);
    }

    void clear() {
        heap.clear();
    }
}
