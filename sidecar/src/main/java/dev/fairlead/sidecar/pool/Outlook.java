package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;

/**
 * What keeps a call from a key at this moment, and when it would have one: behind so many others, at the pace at which the
 * accounts' limits let calls pass.
 *
 * @param availableAt when it would be served, at least {@code nowMs}; {@link Long#MAX_VALUE} for never by itself
 * @param jitterMs how much of that is our own delay after a rest: others need not be told
 * @param limit which limit lets it pass last, {@code null} when none does
 * @param serviceMs how long a call usually takes at the account that would probably serve it; 0 for unknown
 * @param carriers how many accounts have limits that such a call fits in at all, 0 when all have
 */
record Outlook(
        LeaseRefusal.Kind kind,
        FailureClass cause,
        long availableAt,
        long jitterMs,
        String limit,
        long serviceMs,
        int carriers) {
    /** Looks at so many accounts; where there are more, the others are taken to be like them, unless these differ already. */
    private static final int SAMPLE = 16;

    private static final long FARTHEST_MS = 7L * 86_400_000;

    /** @param latestMs until when it would wait: the question that has to be answered best */
    static Outlook of(Board board, Endpoint endpoint, LeaseRequest request, int before, long latestMs, long nowMs) {
        var sight = Sight.of(board, request, nowMs);
        if (sight.soonest == null) {
            var kind = sight.avoided ? LeaseRefusal.Kind.NONE_LEFT : LeaseRefusal.Kind.UNUSABLE;
            return new Outlook(kind, null, Long.MAX_VALUE, 0, null, 0, 0);
        }
        var soonest = sight.soonest;
        if (sight.soonestAt == Long.MAX_VALUE) {
            return never(soonest, request, nowMs);
        }
        long serviceMs = (long) soonest.owner().serviceMs();
        long providerAt =
                Math.max(endpoint.probablyOpensAt(nowMs), board.provider().opensAt(nowMs, board.silentMs()));
        long first = Math.max(Math.max(sight.soonestAt, providerAt), nowMs);
        long at = before == 0 ? first : sight.timeFor(before + 1, first, latestMs, request.demand(), nowMs);
        if (providerAt > nowMs && providerAt >= sight.soonestAt) {
            boolean busy = board.provider().rests(nowMs) || endpoint.admits(nowMs);
            var cause = busy ? FailureClass.OVERLOADED : FailureClass.SERVER;
            return new Outlook(LeaseRefusal.Kind.PROVIDER_DOWN, cause, at, 0, null, serviceMs, sight.carriers);
        }
        var cause = causeOf(soonest, nowMs);
        if (cause != null) {
            var owner = soonest.owner();
            long jitter = at == owner.restedAt() ? owner.restedAt() - owner.restedUntil() : 0;
            return new Outlook(kindOf(cause), cause, at, jitter, null, serviceMs, sight.carriers);
        }
        var limit = soonest.owner().gate().bindingLimit(request.demand(), nowMs);
        return new Outlook(
                LeaseRefusal.Kind.EXHAUSTED, FailureClass.RATE_LIMIT, at, 0, limit, serviceMs, sight.carriers);
    }

    private static Outlook never(Seat soonest, LeaseRequest request, long nowMs) {
        if (soonest.opensAt(Demand.ONE_CALL, nowMs) == Long.MAX_VALUE) {
            return new Outlook(LeaseRefusal.Kind.UNUSABLE, null, Long.MAX_VALUE, 0, null, 0, 0);
        }
        var limit = soonest.owner().gate().bindingLimit(request.demand(), nowMs);
        return new Outlook(LeaseRefusal.Kind.TOO_LARGE, FailureClass.RATE_LIMIT, Long.MAX_VALUE, 0, limit, 0, 0);
    }

    /** What rests, {@code null} when nothing does and limits alone keep calls back. */
    private static FailureClass causeOf(Seat seat, long nowMs) {
        var owner = seat.owner();
        if (owner.restedAt() > nowMs) {
            return owner.cause(nowMs);
        }
        for (var key : seat.keys()) {
            var cause = key.cause(owner.board().model(), nowMs);
            if (cause != null) {
                return cause;
            }
        }
        return null;
    }

    private static LeaseRefusal.Kind kindOf(FailureClass cause) {
        return switch (cause) {
            case CREDENTIAL, QUOTA, MODEL_ACCESS, REGION -> LeaseRefusal.Kind.UNUSABLE;
            default -> LeaseRefusal.Kind.EXHAUSTED;
        };
    }

    /**
     * How late a key is of use: in time for the answer to end before the deadline, too, where that is usually so. At least half of
     * what is left may be waited, or a model whose answers take longer than anybody allows would never be tried.
     */
    long usefulUntil(long deadlineMs, long nowMs) {
        return deadlineMs - Math.min(serviceMs, Math.max(0, deadlineMs - nowMs) / 2);
    }

    /** @param patienceMs how long the same call would wait if it were let in */
    LeaseRefusal refusal(long patienceMs, long nowMs) {
        long in = availableAt == Long.MAX_VALUE ? availableAt : Times.until(availableAt - jitterMs, nowMs);
        // Our own delay counts here: who came back before it would be refused again.
        long admitted =
                in == Long.MAX_VALUE ? in : Math.max(Math.min(in, 1), Times.until(availableAt, nowMs) - patienceMs);
        return new LeaseRefusal(kind, cause, in, admitted, limit);
    }

    /** The accounts that are looked at. */
    private static final class Sight {
        private final AccountModel[] accounts = new AccountModel[SAMPLE];
        private int count;
        private int carriers;
        private double scale = 1;
        private Seat soonest;
        private long soonestAt = Long.MAX_VALUE;
        private boolean avoided;
        private boolean tooSmall;

        static Sight of(Board board, LeaseRequest request, long nowMs) {
            var sight = new Sight();
            if (request.pinnedGroup() != null) {
                var account = board.account(request.pinnedGroup());
                if (account != null) {
                    sight.look(account, request, nowMs);
                }
                sight.carriers = 0;
                return sight;
            }
            var all = board.accounts();
            int step = Math.max(1, (all.size() + SAMPLE - 1) / SAMPLE);
            sight.look(all, step, request, nowMs);
            if (step > 1 && (sight.tooSmall || sight.soonestAt == Long.MAX_VALUE)) {
                sight = new Sight(); // They differ: what some could carry says little about the others.
                sight.look(all, 1, request, nowMs);
            } else if (step > 1) {
                var top = board.seats().resting().top(); // None of those that rest may open sooner.
                if (top != null) {
                    sight.nearer(top, request, nowMs);
                }
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

        private long nearer(Seat seat, LeaseRequest request, long nowMs) {
            if (request.avoids(seat.owner().account())) {
                return Long.MAX_VALUE;
            }
            long at = seat.opensAt(request.demand(), nowMs);
            if (at == Long.MAX_VALUE && seat.keysOpenAt(Demand.ONE_CALL, nowMs) != Long.MAX_VALUE) {
                tooSmall = true;
                soonest = soonestAt == Long.MAX_VALUE ? seat : soonest; // To say which limit it is, if it is every one.
            } else if (soonest == null || at < soonestAt) {
                soonest = seat;
                soonestAt = at;
            }
            return at;
        }

        private boolean fit(long calls, long atMs, Demand demand, long nowMs) {
            double sum = 0;
            for (int i = 0; i < count && sum * scale < calls; i++) {
                sum += accounts[i].callsUntil(demand, atMs, nowMs);
            }
            return sum * scale >= calls;
        }

        /** When so many calls can have begun. */
        long timeFor(long calls, long firstMs, long latestMs, Demand demand, long nowMs) {
            if (fit(calls, firstMs, demand, nowMs)) {
                return firstMs;
            }
            long low = firstMs;
            long high = Math.max(latestMs, firstMs + 1);
            while (!fit(calls, high, demand, nowMs)) {
                low = high;
                high = nowMs + 2 * (high - nowMs);
                if (high - nowMs > FARTHEST_MS) {
                    return Long.MAX_VALUE;
                }
            }
            while (high - low > Math.max(5, (high - nowMs) / 128)) {
                long middle = (low + high) >>> 1;
                if (fit(calls, middle, demand, nowMs)) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return high;
        }
    }
}
