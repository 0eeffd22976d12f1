package dev.fairlead.sidecar.pool;

import java.util.List;

/**
 * Whether the provider refuses all keys of a board, and which is tried first. Finding out looks at every account, so the answer
 * holds for a moment, unless a key serves again meanwhile: calls that come one after the other in vain cost no more than others.
 */
final class Refusals {
    private static final long MOMENT_MS = 100;

    private long until = Times.PAST;
    private Seat first;

    /** Whether no key of these serves or comes back by itself sooner than the provider's refusal of it ends. */
    boolean all(List<AccountModel> accounts, long nowMs) {
        if (until > nowMs) {
            return true;
        }
        first = null;
        int rank = Integer.MAX_VALUE;
        long firstAt = Long.MAX_VALUE;
        for (int i = 0; i < accounts.size(); i++) {
            for (var seat : accounts.get(i).seats()) {
                long at = seat.opensAt(Demand.ONE_CALL, nowMs);
                int seatRank = at == Long.MAX_VALUE ? rank : rank(seat, at, nowMs);
                if (seatRank == 0) {
                    return false;
                }
                if (seatRank < rank || (seatRank == rank && at < firstAt)) {
                    first = seat;
                    rank = seatRank;
                    firstAt = at;
                }
            }
        }
        until = first == null ? Times.PAST : nowMs + MOMENT_MS;
        return first != null;
    }

    private static int rank(Seat seat, long at, long nowMs) {
        return at <= nowMs ? 0 : Sight.rank(seat.cause(nowMs));
    }

    /** Of the keys that may be mended soonest the one that was to be tried first; once {@link #all} are refused. */
    Seat first() {
        return first;
    }

    /** Something has happened at an account. */
    void changed(AccountModel account, long nowMs) {
        if (until <= nowMs) {
            return;
        }
        for (var seat : account.seats()) {
            long at = seat.opensAt(Demand.ONE_CALL, nowMs);
            if (at != Long.MAX_VALUE && rank(seat, at, nowMs) == 0) {
                forget();
            }
        }
    }

    /** The accounts are others. */
    void forget() {
        until = Times.PAST;
        first = null;
    }
}
