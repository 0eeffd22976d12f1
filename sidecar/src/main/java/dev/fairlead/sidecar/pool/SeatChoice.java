package dev.fairlead.sidecar.pool;

import java.util.List;
import java.util.Map;

/** Finds a seat for a call among those of a board, and looks at few to do so. */
final class SeatChoice {
    /** How many ready seats a call that is too large for them tries in one search. */
    private static final int TRIES = 16;

    /** So many seats are all looked at for a call that has just come and finds none, the resting ones again, too. */
    private static final int FEW = 64;

    private static final Seat[] NONE = {};

    private final Map<String, AccountModel> accounts;
    private final List<AccountModel> order;
    private final Seats seats;
    private final Promises promises;
    private final TypicalCall typical;
    private final Courtesy courtesy;

    /** All of them the board's, which changes them. */
    SeatChoice(
            Map<String, AccountModel> accounts,
            List<AccountModel> order,
            Seats seats,
            Promises promises,
            TypicalCall typical,
            Courtesy courtesy) {
        this.accounts = accounts;
        this.order = order;
        this.seats = seats;
        this.promises = promises;
        this.typical = typical;
        this.courtesy = courtesy;
    }

    /**
     * A seat for this call now, {@code null} for none; seats that are found closed go to rest.
     *
     * @param earned whether others owe it the turn, so that it need not leave them anything
     */
    Seat choose(LeaseRequest request, boolean earned, long nowMs) {
        promises.search();
        boolean leaves = !earned && courtesy.leavesSome(request, nowMs);
        if (request.pinnedGroup() != null) {
            return pinned(request, leaves, nowMs);
        }
        boolean someTooSmall = false;
        boolean gaveUp = false;
        var tiers = seats.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            var ready = tiers.get(i);
            ready.search();
            int tries = TRIES; // Those of the next priority may be of another size.
            while (ready.anyOffered() && tries > 0) {
                var seat = ready.choose(request.affinity(), nowMs);
                if (request.avoids(seat.owner().account())) {
                    ready.setAside(seat);
                } else if (leaves && leavesAlone(seat, request, nowMs)) {
                    ready.setAside(seat);
                    tries--;
                } else {
                    long at = opensAt(seat, request.demand(), nowMs);
                    if (at <= nowMs) {
                        return seat;
                    }
                    someTooSmall |= at == Long.MAX_VALUE;
                    if (seat.ready) {
                        ready.setAside(seat);
                        tries--;
                    }
                }
            }
            gaveUp |= tries == 0;
        }
        boolean all = someTooSmall || (request.waiter() == null && order.size() <= FEW);
        return gaveUp && all ? largest(request, leaves, nowMs) : null;
    }

    /** Looks at every ready seat, for a call that does not fit everywhere: the one with most room. */
    private Seat largest(LeaseRequest request, boolean leaves, long nowMs) {
        Seat best = null;
        double most = -1;
        for (int i = 0; i < order.size(); i++) {
            var account = order.get(i);
            for (var seat : account.seats()) {
                boolean mayTake = seat.ready
                        && (best == null || seat.priority() <= best.priority())
                        && !request.avoids(account.account())
                        && !(leaves && leavesAlone(seat, request, nowMs));
                long at = mayTake ? seat.opensAt(request.demand(), nowMs) : Long.MAX_VALUE;
                if (at <= nowMs && (best == null || seat.priority() < best.priority() || seat.headroom(nowMs) > most)) {
                    best = seat;
                    most = seat.headroom(nowMs);
                } else if (at < Long.MAX_VALUE) {
                    promises.found(seat, at);
                }
            }
        }
        return best;
    }

    private boolean leavesAlone(Seat seat, LeaseRequest request, long nowMs) {
        boolean alone = seat.headroom(nowMs) <= Courtesy.LEFT;
        if (alone) {
            seats.lookAgain(nowMs + Courtesy.AGAIN_MS);
            if (request.pinnedGroup() != null) {
                seats.secondLooks().leaveAlone(seat, nowMs);
            }
        }
        return alone;
    }

    /** Time has come to look at ready seats again: those are offered to who is pinned to them that may be open for it. */
    void offerAgain(BoardQueues queues, long nowMs) {
        boolean all = !courtesy.batchLeavesSome(nowMs) || queues.earns(Urgency.BATCH, nowMs);
        var looks = seats.secondLooks();
        looks.due(
                nowMs,
                seat -> all || seat.headroom(nowMs) > Courtesy.LEFT,
                seat -> queues.opened(seat.owner().account().name()));
        seats.lookAgain(looks.next());
    }

    private Seat pinned(LeaseRequest request, boolean leaves, long nowMs) {
        var account = accounts.get(request.pinnedGroup());
        if (account != null && !request.avoids(account.account())) {
            for (var seat : account.seats()) {
                if (seat.ready
                        && !(leaves && leavesAlone(seat, request, nowMs))
                        && opensAt(seat, request.demand(), nowMs) <= nowMs) {
                    return seat;
                }
            }
        }
        return null;
    }

    /** When a ready seat takes the call; if not now, it goes to rest when a usual call would not fit either. */
    private long opensAt(Seat seat, Demand demand, long nowMs) {
        long at = seat.opensAt(demand, nowMs);
        if (at <= nowMs) {
            return at;
        }
        long forOthers = at;
        var small = typical.small();
        if (seat.owner().restedAt() <= nowMs && TypicalCall.less(small, demand)) {
            forOthers = seat.opensAt(small, nowMs);
        }
        if (forOthers > nowMs) {
            seats.rest(seat, forOthers);
        } else {
            promises.found(seat, at);
        }
        return at;
    }

    /** A call has just got this seat: if that was the last it had to give, it goes to rest before others look at it in vain. */
    void taken(Seat seat, long nowMs) {
        long at = seat.ready ? seat.opensAt(Demand.ONE_CALL, nowMs) : nowMs;
        if (at > nowMs) {
            seats.rest(seat, at);
        }
    }

    /** Among seats that rest for a while, one that this call would find open, since something has changed or it is small. */
    Seat recheck(LeaseRequest request, long nowMs) {
        boolean leaves = courtesy.leavesSome(request, nowMs);
        if (request.pinnedGroup() != null) {
            var account = accounts.get(request.pinnedGroup());
            var own = account == null ? NONE : account.seats();
            for (var seat : own) {
                if (!seat.ready && reopens(seat, request, leaves, nowMs)) {
                    return seat;
                }
            }
            return null;
        }
        var resting = seats.resting();
        int looks = Math.min(FEW, resting.size());
        for (int i = 0; i < looks; i++) {
            var seat = resting.at(i);
            if (reopens(seat, request, leaves, nowMs)) {
                return seat;
            }
        }
        return null;
    }

    private boolean reopens(Seat seat, LeaseRequest request, boolean leaves, long nowMs) {
        boolean open = seat.promisedTo == null
                && !request.avoids(seat.owner().account())
                && !(leaves && leavesAlone(seat, request, nowMs))
                && seat.opensAt(request.demand(), nowMs) <= nowMs;
        if (open) {
            seats.wake(seat);
        }
        return open;
    }
}
