package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Ready seats that somebody who is pinned to them found closed: they may open for it though nothing happens there. */
final class SecondLooks {
    private final List<Seat> leftAlone = new ArrayList<>(0);
    private final PriorityQueue<Look> looks = new PriorityQueue<>(1, Comparator.comparingLong(Look::atMs));

    private long aloneUntil = Long.MAX_VALUE;

    private record Look(Seat seat, long atMs) {}

    /** It opens then for somebody who is pinned to it. */
    void at(Seat seat, long atMs) {
        if (atMs < seat.lookAt) {
            seat.lookAt = atMs;
            looks.add(new Look(seat, atMs));
        }
    }

    /** Somebody who is pinned to it leaves what it has left to others. */
    void leaveAlone(Seat seat, long nowMs) {
        if (!seat.leftAlone) {
            aloneUntil = Math.min(aloneUntil, nowMs + Courtesy.AGAIN_MS);
            seat.leftAlone = true;
            leftAlone.add(seat);
        }
    }

    /**
     * Hands over those that may have opened by now.
     *
     * @param leftNoMore of those that have been left alone
     */
    void due(long nowMs, Predicate<Seat> leftNoMore, Consumer<Seat> opened) {
        for (var look = looks.peek(); look != null && look.atMs() <= nowMs; look = looks.peek()) {
            looks.poll();
            if (look.seat().lookAt == look.atMs()) { // Otherwise it has been looked at sooner.
                look.seat().lookAt = Long.MAX_VALUE;
                opened.accept(look.seat());
            }
        }
        if (aloneUntil <= nowMs) {
            leftAlone.removeIf(seat -> {
                seat.leftAlone = !leftNoMore.test(seat);
                if (!seat.leftAlone) {
                    opened.accept(seat);
                }
                return !seat.leftAlone;
            });
            aloneUntil = leftAlone.isEmpty() ? Long.MAX_VALUE : nowMs + Courtesy.AGAIN_MS;
        }
    }

    /** When there is something to look at, {@link Long#MAX_VALUE} for never. */
    long next() {
        return looks.isEmpty() ? aloneUntil : Math.min(aloneUntil, looks.peek().atMs());
    }

    void clear() {
        leftAlone.clear();
        looks.clear();
        aloneUntil = Long.MAX_VALUE;
    }
}
