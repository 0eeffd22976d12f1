package dev.fairlead.sidecar.pool;

/**
 * Seats of a board that are kept for calls too large for any of them now, so that smaller ones can use the others without
 * overtaking them for ever.
 */
final class Promises {
    /** How long smaller calls may use the only seat there is while a larger one waits for it. */
    private static final long SHARED_MS = 10_000;

    private final Seats seats;
    private final BoardQueues queues;
    private int count;
    private Seat shared;
    private Seat best;
    private long bestAt;

    Promises(Seats seats, BoardQueues queues) {
        this.seats = seats;
        this.queues = queues;
    }

    /** How many seats are kept, each for one call. */
    int count() {
        return count;
    }

    /** A call begins to look for a seat. */
    void search() {
        best = null;
        bestAt = Long.MAX_VALUE;
    }

    /** It has found a seat that usual calls may have, but that opens only then for itself. */
    void found(Seat seat, long opensAtMs) {
        if (opensAtMs < bestAt && seat.promisedTo == null) {
            best = seat;
            bestAt = opensAtMs;
        }
    }

    /**
     * Keeps the best seat that was found for the call that looked. False when too many are kept already.
     *
     * @param accounts how many there are
     */
    boolean promise(Waiter waiter, int accounts, long nowMs) {
        if (best == null) {
            return false;
        }
        if (bestAt == Long.MAX_VALUE || (count > 0 && (shared != null || count * 2 >= accounts))) {
            seats.lookAgain(bestAt);
            if (waiter.request().pinnedGroup() != null) {
                seats.secondLooks().at(best, bestAt);
            }
            return false;
        }
        queues.served(waiter);
        waiter.promised = best;
        best.promisedTo = waiter;
        count++;
        if (seats.ready() == 1) {
            shared = best; // Nobody else has a seat: it serves them, too, until this call has waited long enough.
        }
        postpone(best, bestAt, nowMs);
        return true;
    }

    /** A promised seat that smaller calls may use, {@code null} for none. */
    Seat shared() {
        return shared;
    }

    /** The promise cannot be kept before this time. */
    void postpone(Seat seat, long untilMs, long nowMs) {
        long sharedUntil = seat == shared ? seat.promisedTo.sinceMs() + SHARED_MS : nowMs;
        if (nowMs < sharedUntil) {
            seats.wake(seat);
            seats.lookAgain(Math.min(untilMs, sharedUntil));
        } else {
            shared = seat == shared ? null : shared;
            seats.rest(seat, untilMs);
        }
    }

    /** The promise is kept, or nobody is there any more to keep it to. */
    void release(Seat seat) {
        seat.promisedTo.promised = null;
        seat.promisedTo = null;
        shared = seat == shared ? null : shared;
        count--;
        seats.wake(seat);
        queues.opened(seat.owner().account().name());
    }
}
