package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;

/**
 * The accounts that are looked at to say what a call may expect, and the seat that tells most: a limit passes by itself, a
 * refused key or an empty account may be mended, access to a model is hardly given; of equals the one that opens first.
 */
final class Sight implements Pace.Room {
    /** Looks at so many accounts; where there are more, the others are taken to be like them, unless these differ already. */
    private static final int SAMPLE = 16;

    /** What so few of the calls that its accounts let pass say of all is too uncertain. */
    private static final int FEW = 4;

    private final AccountModel[] accounts = new AccountModel[SAMPLE];
    private int count;
    private int carriers;
    private double scale = 1;
    private Seat telling;
    private long tellingAt = Long.MAX_VALUE;
    private FailureClass cause;
    private boolean avoided;
    private boolean tooSmall;
    /** All seats where there are more than are looked at, in order, when none of them is ready; otherwise {@code null}. */
    private SeatHeap inOrder;

    static Sight of(Board board, LeaseRequest request, long nowMs) {
        return of(board, board.accounts(), request, nowMs);
    }

    /** @param all the board's accounts */
    static Sight of(Board board, List<AccountModel> all, LeaseRequest request, long nowMs) {
        var sight = new Sight();
        if (request.pinnedGroup() != null) {
            var account = board.account(request.pinnedGroup());
            if (account != null) {
                sight.look(account, request, nowMs);
            }
            sight.carriers = 0;
            return sight;
        }
        int step = Math.max(1, (all.size() + SAMPLE - 1) / SAMPLE);
        sight.look(all, step, request, nowMs);
        boolean refused = rank(sight.cause) > 0;
        if (step > 1
                && (sight.tooSmall
                        || sight.tellingAt == Long.MAX_VALUE
                        || (refused && !board.refusals().all(all, nowMs)))) {
            sight = new Sight(); // They differ: what some could carry says little about the others.
            sight.look(all, 1, request, nowMs);
        } else if (step > 1) {
            sight.nearest(board.seats().resting().top(), request, nowMs); // None of those that rest may open sooner.
            sight.nearest(refused ? board.refusals().first() : null, request, nowMs);
            sight.inOrder = board.seats().allRest() ? board.seats().resting() : null;
        }
        sight.carriers = sight.tooSmall ? sight.carriers : 0;
        return sight;
    }

    private void look(List<AccountModel> all, int step, LeaseRequest request, long nowMs) {
        int looked = 0;
        for (int i = 0; i < all.size(); i += step) {
            look(all.get(i), request, nowMs);
            looked++;
        }
        scale = (double) all.size() / Math.max(1, looked) * carriers / Math.max(1, count);
    }

    private void look(AccountModel account, LeaseRequest request, long nowMs) {
        if (request.avoids(account.account())) {
            avoided = true;
            return;
        }
        long at = Long.MAX_VALUE;
        for (var seat : account.seats()) {
            at = Math.min(at, nearer(seat, request, nowMs));
        }
        if (at == Long.MAX_VALUE) {
            return;
        }
        if (count < SAMPLE) {
            accounts[count++] = account;
        }
        carriers++;
    }

    private void nearest(Seat seat, LeaseRequest request, long nowMs) {
        if (seat != null) {
            nearer(seat, request, nowMs);
        }
    }

    private long nearer(Seat seat, LeaseRequest request, long nowMs) {
        if (request.avoids(seat.owner().account())) {
            return Long.MAX_VALUE;
        }
        long at = seat.opensAt(request.demand(), nowMs);
        if (at == Long.MAX_VALUE) {
            boolean small = seat.keysOpenAt(Demand.ONE_CALL, nowMs) != Long.MAX_VALUE;
            tooSmall |= small;
            // To say which limit it is, if it is every one.
            telling = telling == null || (small && tellingAt == Long.MAX_VALUE) ? seat : telling;
            return at;
        }
        var why = at <= nowMs ? null : seat.cause(nowMs);
        int more = rank(cause) - rank(why);
        if (tellingAt == Long.MAX_VALUE || more > 0 || (more == 0 && at < tellingAt)) {
            telling = seat;
            tellingAt = at;
            cause = why;
        }
        return at;
    }

    /** How little hope there is in what keeps calls back, 0 where it passes by itself. */
    static int rank(FailureClass cause) {
        if (cause == null) {
            return 0;
        }
        return switch (cause) {
            case CREDENTIAL, QUOTA -> 1;
            case REGION -> 2;
            case MODEL_ACCESS, MODEL_GONE -> 3;
            default -> 0;
        };
    }

    /** The seat that tells most, {@code null} when there is none that this call may ask. */
    Seat telling() {
        return telling;
    }

    /** When it opens; {@link Long#MAX_VALUE} when none does by itself, or all are too small. */
    long tellingAt() {
        return tellingAt;
    }

    /** What rests there, {@code null} when nothing does and limits alone keep calls back. */
    FailureClass cause() {
        return cause;
    }

    /** Whether there are accounts that this call has been at already. */
    boolean avoided() {
        return avoided;
    }

    /** How many accounts have limits that such a call fits in at all, 0 when all have. */
    int carriers() {
        return carriers;
    }

    @Override
    public boolean fit(long calls, long atMs, Demand demand, long nowMs) {
        double least = inOrder == null ? calls / scale : Math.max(FEW, calls / scale);
        double sum = 0;
        for (int i = 0; i < count && sum < least; i++) {
            sum += accounts[i].callsUntil(demand, atMs, nowMs);
        }
        return (inOrder != null && sum < FEW) ? inOrder.open(calls, atMs) : sum * scale >= calls;
    }
}
