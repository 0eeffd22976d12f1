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

    /** Whether so many of them open by that time. */
    boolean open(long calls, long byMs) {
        return heap.size() >= calls && opening(0, byMs, calls) >= calls;
    }

    private int opening(int place, long byMs, long most) {
        if (most <= 0 || place >= heap.size() || heap.at(place).wakeAt > byMs) {
            return 0;
        }
        int opening = 1 + opening(2 * place + 1, byMs, most - 1);
        return opening + opening(2 * place + 2, byMs, most - opening);
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
