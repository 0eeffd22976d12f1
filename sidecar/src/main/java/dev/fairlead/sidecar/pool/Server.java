package dev.fairlead.sidecar.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings those who wait and the seats together, whenever something has happened. Answers of listeners may call back: what they
 * ask for is done when the present round is over, so a chain of calls that fail at once does not become a deep stack.
 */
final class Server {
    /** A promise that cannot be kept yet for a reason that no clock knows is looked at again so much later. */
    private static final long AGAIN_MS = 20;

    private final Boards boards;
    private final Endpoint endpoint;
    private final WaitingRoom room;
    private final Grants grants;
    private final Alarm alarm;
    private final Agenda agenda = new Agenda();
    private final ArrayDeque<Board> dirty = new ArrayDeque<>(2);
    private boolean serving;
    private long keysEndAt = Long.MAX_VALUE;

    Server(Boards boards, Endpoint endpoint, WaitingRoom room, Grants grants, Alarm alarm) {
        this.boards = boards;
        this.endpoint = endpoint;
        this.room = room;
        this.grants = grants;
        this.alarm = alarm;
    }

    /** Who waits is to be looked at again then: a key comes to its end. */
    void keysEndAt(long atMs) {
        keysEndAt = atMs;
    }

    long keysEndAt() {
        return keysEndAt;
    }

    /** Something has happened that may concern everybody who waits. */
    void serveAll(long nowMs) {
        for (var board : agenda.all()) {
            board.queues().opened();
            mark(board);
        }
        drain(nowMs);
    }

    /** Time has passed. */
    void serveDue(long nowMs) {
        for (var board : agenda.due(nowMs)) {
            mark(board);
        }
        drain(nowMs);
    }

    void serve(Board board, long nowMs) {
        if (board.waiting() > 0) {
            mark(board);
            drain(nowMs);
        } else {
            wakeDue(board, nowMs);
        }
    }

    /** Something happened at an account: what it does not let pass may have opened. */
    void changed(Account account, long nowMs) {
        var models = account.models();
        for (int i = models.size() - 1; i >= 0; i--) { // Backwards: who is served may make the pool forget some.
            if (i < models.size()) {
                changed(models.get(i), nowMs);
            }
        }
        drain(nowMs);
    }

    private void changed(AccountModel account, long nowMs) {
        account.board().refusals().changed(account, nowMs);
        if (account.restedAt() > nowMs) {
            return; // Still rests, whatever else has happened.
        }
        var board = account.board();
        boolean any = false;
        for (var seat : account.seats()) {
            any |= reopen(board, seat, nowMs);
        }
        if (any || board.waiting() > 0) {
            board.queues().opened(account.account().name());
            mark(board);
        }
    }

    /** True when the seat is ready now and was not before. */
    private boolean reopen(Board board, Seat seat, long nowMs) {
        if (seat.ready) {
            return false;
        }
        if (seat.promisedTo == null) {
            board.seats().wake(seat);
            return true;
        }
        return keep(board, seat, nowMs);
    }

    /** Gives a promised seat to whom it is promised, if it is open for that now. */
    private boolean keep(Board board, Seat seat, long nowMs) {
        var waiter = seat.promisedTo;
        long at = seat.opensAt(waiter.request().demand(), nowMs);
        if (at > nowMs || !admits(board, nowMs)) {
            board.promises().postpone(seat, Math.max(at, nowMs + AGAIN_MS), nowMs);
            return false;
        }
        board.promises().release(seat);
        grant(seat, waiter, nowMs);
        return true;
    }

    private void mark(Board board) {
        if (board.waiting() > 0) {
            board.looksAtAll = true;
            markNext(board);
        }
    }

    /** Only those are to be looked at that have not been found blocked, or may be so no longer. */
    private void markNext(Board board) {
        if (board.waiting() > 0 && !board.marked) {
            board.marked = true;
            dirty.add(board);
        }
    }

    private void drain(long nowMs) {
        if (serving) {
            return;
        }
        serving = true;
        try {
            for (var board = dirty.poll(); board != null; board = dirty.poll()) {
                board.marked = false;
                round(board, nowMs);
                agenda.look(board, board.nextChange(nowMs));
            }
        } finally {
            serving = false;
        }
        arm(nowMs);
    }

    private void round(Board board, long nowMs) {
        wakeDue(board, nowMs);
        var queues = board.queues();
        if (board.looksAtAll) {
            board.looksAtAll = false;
            queues.search();
        }
        if (board.seats().lookNow(nowMs)) {
            board.choice().offerAgain(queues, nowMs);
        }
        if (board.promises().shared() != null) {
            keep(board, board.promises().shared(), nowMs);
        }
        while (queues.waiting() > 0 && board.seats().anyReady() && admits(board, nowMs)) {
            var waiter = queues.next(nowMs);
            if (waiter == null) {
                return;
            }
            var seat = board.choice().choose(waiter.request(), queues.earned(waiter), nowMs);
            if (seat != null) {
                queues.served(waiter);
                grant(seat, waiter, nowMs);
            } else if (!board.promises().promise(waiter, board.accounts().size(), nowMs)) {
                queues.blocked(waiter);
            }
        }
    }

    private void wakeDue(Board board, long nowMs) {
        endpoint.ramp().acceptSilent(nowMs, endpoint.silentMs());
        board.provider().ramp().acceptSilent(nowMs, endpoint.silentMs());
        for (var seat = board.seats().due(nowMs);
                seat != null;
                seat = board.seats().due(nowMs)) {
            seat.acceptSilent(nowMs, endpoint.silentMs());
            reopen(board, seat, nowMs);
        }
    }

    private boolean admits(Board board, long nowMs) {
        return endpoint.admits(nowMs) && board.provider().admits(nowMs);
    }

    /** A seat for somebody who has just come, {@code null} when there is none for it; those who wait are not overtaken. */
    Seat seatFor(Board board, LeaseRequest request, long nowMs) {
        if (!admits(board, nowMs) || board.queues().anyBefore(request)) {
            return null;
        }
        var seat = board.choice().choose(request, false, nowMs);
        if (board.waiting() > 0) { // Seats may have gone to rest that others wait for, too.
            agenda.look(board, board.nextChange(nowMs));
            arm(nowMs);
        }
        return seat == null ? board.choice().recheck(request, nowMs) : seat;
    }

    void park(Board board, LeaseRequest request, long deadlineMs, long predictedMs, long nowMs) {
        var waiter = new Waiter(request, board, nowMs, deadlineMs, predictedMs);
        room.enter(waiter);
        board.queues().add(waiter);
        mark(board);
        drain(nowMs);
    }

    void cancel(LeaseRequest request, long nowMs) {
        var waiter = request.waiter();
        if (waiter == null) {
            return;
        }
        giveUp(waiter);
        if (!dirty.isEmpty()) {
            drain(nowMs);
        }
    }

    /** Takes a waiter out that gets no seat. Those behind it may find what it did not: {@link #serveFreed} looks. */
    LeaseRequest giveUp(Waiter waiter) {
        var board = waiter.board();
        boolean keptSeat = waiter.promised != null;
        boolean first = !keptSeat && board.queues().isFirst(waiter);
        var request = leave(waiter);
        if (keptSeat) {
            mark(board);
        } else if (first) {
            markNext(board); // The others have not been kept back by it.
        }
        return request;
    }

    /** Serves those who stood behind the ones that have given up, and asks to be woken. */
    void serveFreed(long nowMs) {
        drain(nowMs);
    }

    /** Takes a waiter out that gets no seat. */
    LeaseRequest leave(Waiter waiter) {
        if (waiter.promised != null) {
            waiter.board().promises().release(waiter.promised);
            waiter.board().queues().refund(waiter);
        } else {
            waiter.board().queues().forget(waiter);
        }
        return left(waiter);
    }

    private LeaseRequest left(Waiter waiter) {
        var board = waiter.board();
        if (board.waiting() == 0) {
            agenda.look(board, Long.MAX_VALUE);
        }
        return room.leave(waiter);
    }

    /** Takes everybody out who waits where no account is left that may ever serve them. */
    List<LeaseRequest> takeOutStranded(long nowMs) {
        var stranded = new ArrayList<LeaseRequest>();
        for (var board : boards.all()) {
            for (var queue : board.stranded(nowMs)) {
                for (var waiter = queue.head(); waiter != null; waiter = queue.head()) {
                    stranded.add(leave(waiter));
                }
            }
        }
        return stranded;
    }

    /** Those who were promised a seat stand in line again. */
    void takeBackPromises() {
        boards.all().forEach(this::takeBackPromises);
    }

    void takeBackPromises(Board board) {
        for (var account : board.accounts()) {
            for (var seat : account.seats()) {
                var waiter = seat.promisedTo;
                if (waiter != null) {
                    board.promises().release(seat);
                    board.queues().refund(waiter);
                    board.queues().add(waiter);
                }
            }
        }
    }

    private void grant(Seat seat, Waiter waiter, long nowMs) {
        waiter.board().foresight().waited(waiter.predictedMs(), nowMs - waiter.sinceMs());
        grants.grant(seat, left(waiter), waiter.payer, waiter.predictedMs(), nowMs);
    }

    /** Asks to be woken at the next moment at which time alone could change anything for somebody who waits. */
    void arm(long nowMs) {
        if (room.depth() == 0) {
            return;
        }
        long next = Math.min(keysEndAt, agenda.next());
        alarm.ringAt(Math.max(nowMs + 1, Math.min(next, room.nextDeadline())));
    }
}
