package dev.fairlead.sidecar.pool;

import java.util.Arrays;

/** Seats that rest, the one that may open first on top. Seats know their place, so one can be taken out or moved at once. */
final class SeatHeap {
    private Seat[] heap = new Seat[8];
    private int size;

    int size() {
        return size;
    }

    Seat top() {
        return size == 0 ? null : heap[0];
    }

    /** Any of them; low places are among the first to open. */
    Seat at(int place) {
        return heap[place];
    }

    void add(Seat seat, long wakeAt) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        seat.wakeAt = wakeAt;
        heap[size] = seat;
        seat.index = size++;
        up(seat.index);
    }

    void remove(Seat seat) {
        int place = seat.index;
        var last = heap[--size];
        heap[size] = null;
        seat.index = -1;
        if (last != seat) {
            heap[place] = last;
            last.index = place;
            down(place);
            up(last.index);
        }
    }

    void clear() {
        Arrays.fill(heap, 0, size, null);
        size = 0;
    }

    private void up(int from) {
        int place = from;
        var seat = heap[place];
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (heap[parent].wakeAt <= seat.wakeAt) {
                break;
            }
            put(heap[parent], place);
            place = parent;
        }
        put(seat, place);
    }

    private void down(int from) {
        int place = from;
        var seat = heap[place];
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && heap[child + 1].wakeAt < heap[child].wakeAt) {
                child++;
            }
            if (heap[child].wakeAt >= seat.wakeAt) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(seat, place);
    }

    private void put(Seat seat, int place) {
        heap[place] = seat;
        seat.index = place;
    }
}
