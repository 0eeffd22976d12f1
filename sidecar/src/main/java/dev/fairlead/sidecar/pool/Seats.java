package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Where the seats of a board stand: the ready ones by priority, the others by the time until which they rest. */
final class Seats {
    private final List<ReadySeats> tiers = new ArrayList<>(1);
    private final SeatHeap resting = new SeatHeap();
    private final SecondLooks secondLooks = new SecondLooks();
    private final Consumer<Seat> woken;
    private long lookAgainAt = Long.MAX_VALUE;

    /** @param woken hears of each seat that is ready again */
    Seats(Consumer<Seat> woken) {
        this.woken = woken;
    }

    /** These, all ready, are the seats from now on; the best priority first. */
    void become(Collection<ReadySeats> ready) {
        resting.clear();
        secondLooks.clear();
        tiers.clear();
        tiers.addAll(ready);
        lookAgainAt = Long.MAX_VALUE;
    }

    List<ReadySeats> tiers() {
        return tiers;
    }

    SecondLooks secondLooks() {
        return secondLooks;
    }

    SeatHeap resting() {
        return resting;
    }

    boolean anyReady() {
        for (int i = 0; i < tiers.size(); i++) {
            if (!tiers.get(i).none()) {
                return true;
            }
        }
        return false;
    }

    /** Whether none is ready, and no account has two. */
    boolean allRest() {
        return tiers.size() == 1 && tiers.get(0).none();
    }

    int ready() {
        int ready = 0;
        for (int i = 0; i < tiers.size(); i++) {
            ready += tiers.get(i).size();
        }
        return ready;
    }

    ReadySeats tier(Seat seat) {
        int i = 0;
        while (tiers.get(i).priority() != seat.priority()) {
            i++;
        }
        return tiers.get(i);
    }

    void rest(Seat seat, long untilMs) {
        if (seat.ready) {
            tier(seat).leave(seat);
        } else {
            resting.remove(seat);
        }
        resting.add(seat, untilMs);
    }

    void wake(Seat seat) {
        if (!seat.ready) {
            resting.remove(seat);
            tier(seat).enter(seat);
            woken.accept(seat);
        }
    }

    /** The next resting seat whose time has come, {@code null} for none. */
    Seat due(long nowMs) {
        var top = resting.top();
        return top != null && top.wakeAt <= nowMs ? top : null;
    }

    /** A ready seat may be open by then for somebody who waits. */
    void lookAgain(long atMs) {
        lookAgainAt = Math.min(lookAgainAt, atMs);
    }

    /** Whether that time has come; then it is to be found out anew. */
    boolean lookNow(long nowMs) {
        boolean now = lookAgainAt <= nowMs;
        lookAgainAt = now ? Long.MAX_VALUE : lookAgainAt;
        return now;
    }

    /** When time alone may open a seat for somebody. */
    long nextChange() {
        return resting.top() == null ? lookAgainAt : Math.min(lookAgainAt, resting.top().wakeAt);
    }
}
