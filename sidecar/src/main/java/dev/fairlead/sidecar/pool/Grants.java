package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.quota.Gate;
import dev.fairlead.sidecar.pool.quota.Hold;

/** Gives keys to calls, and knows how many are on their way. */
final class Grants {
    /** A call so long ago tells nothing of how keys stand. */
    private static final long LATELY_MS = 10_000;

    private final Endpoint endpoint;
    private int inFlight;
    private long grantedMs = Times.PAST;

    Grants(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    int inFlight() {
        return inFlight;
    }

    /** Whether calls are on their way, or have begun lately. */
    boolean calling(long nowMs) {
        return inFlight > 0 || nowMs - grantedMs <= LATELY_MS;
    }

    /** Gives a key to a call that has not waited. */
    void grant(Seat seat, LeaseRequest request, long nowMs) {
        grant(seat, request, null, -1, nowMs);
    }

    /**
     * Gives a key to a call.
     *
     * @param payer whose turn it had
     * @param predictedMs how long its wait was expected to be
     */
    void grant(Seat seat, LeaseRequest request, FairLevel.Flow payer, long predictedMs, long nowMs) {
        var owner = seat.owner();
        var board = owner.board();
        int at = seat.nextKey(request.demand(), nowMs);
        var key = seat.key(at);
        board.seats().tier(seat).granted(seat);
        owner.granted();
        board.granted(request, nowMs);
        inFlight++;
        grantedMs = nowMs;
        var lease = new Lease(owner, key, nowMs, nowMs - request.askedMs(), predictedMs);
        key.granted(lease);
        Gate keyGate = seat.keyGate(at);
        lease.reserved(
                owner.gate().reserve(request.demand(), nowMs),
                keyGate,
                keyGate == null ? Hold.NOTHING : keyGate.reserve(request.demand(), nowMs));
        lease.steps(
                owner.ramp().granted(nowMs),
                board.provider().ramp().granted(nowMs),
                endpoint.ramp().granted(nowMs),
                endpoint.breaker().granted(nowMs));
        lease.turn(payer, request.cost());
        request.hasTurn();
        if (board.waiting() > 0) {
            board.choice().taken(seat, nowMs);
        }
        request.listener().granted(lease);
    }

    /** A call is over. */
    void settled(Lease lease) {
        inFlight--;
        lease.key().released();
        lease.seat().released();
        lease.seat().board().released();
    }
}
