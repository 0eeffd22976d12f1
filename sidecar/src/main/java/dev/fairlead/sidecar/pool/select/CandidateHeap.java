package dev.fairlead.sidecar.pool.select;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands in an order, and which of it is first. Everything knows its {@link Placed#place}, so that one can be taken out or
 * moved in O(log n) without a search, and without an object for each that stands here.
 */
public final class CandidateHeap<C extends Placed> {
    private final Order<C> order;
    private final List<C> heap = new ArrayList<>();

    /** Who comes first; whoever changes that of one that stands here says so with {@link #moved}. */
    @FunctionalInterface
    public interface Order<C> {
        /** Whether the one comes before the other. */
        boolean before(C one, C other);
    }

    /** An empty one. */
    public CandidateHeap(Order<C> order) {
        this.order = order;
    }

    /** How many stand here. */
    public int size() {
        return heap.size();
    }

    /** The first, {@code null} for none. */
    public C top() {
        return heap.isEmpty() ? null : heap.get(0);
    }

    /** Any of them; low places are among the first. */
    public C at(int place) {
        return heap.get(place);
    }

    /** Whether it stands here. */
    public boolean holds(C candidate) {
        int place = candidate.place();
        return place >= 0 && place < heap.size() && heap.get(place) == candidate;
    }

    /** It stands here from now on, and nowhere else. */
    public void add(C candidate) {
        candidate.place(heap.size());
        heap.add(candidate);
        up(candidate);
    }

    /** It stands here no more. */
    public void remove(C candidate) {
        int place = candidate.place();
        var last = heap.remove(heap.size() - 1);
        candidate.place(-1);
        if (last != candidate) {
            put(last, place);
            moved(last);
        }
    }

    /** Its place in the order is another now. */
    public void moved(C candidate) {
        down(candidate);
        up(candidate);
    }

    /** Nobody stands here any more. */
    public void clear() {
        heap.forEach(one -> one.place(-1));
        heap.clear();
    }

    private void up(C candidate) {
        int place = candidate.place();
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!order.before(candidate, heap.get(parent))) {
                break;
            }
            put(heap.get(parent), place);
            place = parent;
        }
        put(candidate, place);
    }

    private void down(C candidate) {
        int place = candidate.place();
        int size = heap.size();
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && order.before(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (!order.before(heap.get(child), candidate)) {
                break;
            }
            put(heap.get(child), place);
            place = child;
        }
        put(candidate, place);
    }

    private void put(C candidate, int place) {
        heap.set(place, candidate);
        candidate.place(place);
    }
}
