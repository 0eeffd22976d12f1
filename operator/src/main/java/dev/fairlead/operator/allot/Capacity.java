package dev.fairlead.operator.allot;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What is left of a pool.
 *
 * @param headroomPercent of the tightest limits over all accounts; -1 when no limit is known
 * @param exhaustsInMs when the last account has nothing left at the present pace; -1 when it does not come to that
 */
record Capacity(int headroomPercent, long exhaustsInMs) {
    /** What is a week away does not come. */
    private static final double LONGEST_MS = 7 * 86_400_000.0;

    /**
     * Of limits that sidecars share, whoever divides them, by what all have used together: of each account the tightest limit counts. The limits of its keys count together,
     * since one that has used up its own leaves the account to the others. An account that cannot be called with has neither a limit
     * nor something left of it.
     */
    static Capacity ofLimits(Map<String, MeterBook> meters, Accounts accounts) {
        Map<String, Left> ofAccounts = new HashMap<>();
        Map<String, Map<String, Left>> ofKeys = new HashMap<>();
        meters.forEach((name, book) -> {
            if (accounts.count(name)) {
                var account = Accounts.ofMeter(name);
                var key = Accounts.keyOfMeter(name);
                if (key == null) {
                    ofAccounts.merge(account, Left.of(book), Left::tighter);
                } else {
                    ofKeys.computeIfAbsent(account, unseen -> new HashMap<>()).merge(key, Left.of(book), Left::tighter);
                }
            }
        });
        ofKeys.forEach((account, keys) ->
                ofAccounts.merge(account, Left.together(keys.values(), accounts.usable(account)), Left::tighter));
        if (ofAccounts.isEmpty()) {
            return new Capacity(0, -1);
        }
        double sum = 0;
        long last = 0;
        for (var account : ofAccounts.entrySet()) {
            sum += accounts.rests(account.getKey()) ? 0 : account.getValue().share();
            last = Math.max(last, account.getValue().inMs());
        }
        return new Capacity((int) Math.round(100 * sum / ofAccounts.size()), last == Long.MAX_VALUE ? -1 : last);
    }

    /**
     * What is left of a limit.
     *
     * @param share of it, 0 to 1
     * @param inMs until nothing is left at the present pace, {@link Long#MAX_VALUE} when it does not come to that
     */
    private record Left(double share, long inMs) {
        static Left of(MeterBook book) {
            double share = Math.max(0, (double) (book.limit() - used(book)) / book.limit());
            return new Left(share, exhaustedInMs(book));
        }

        /** Of so many keys that can be called with, of which these have limits. */
        static Left together(Collection<Left> limited, int keys) {
            double share = keys - limited.size();
            long inMs = limited.size() < keys ? Long.MAX_VALUE : 0;
            for (var left : limited) {
                share += left.share;
                inMs = Math.max(inMs, left.inMs);
            }
            return new Left(share / keys, inMs);
        }

        Left tighter(Left other) {
            return new Left(Math.min(share, other.share), Math.min(inMs, other.inMs));
        }

        private static long exhaustedInMs(MeterBook book) {
            double perMs = book.members().stream().mapToDouble(Member::perMs).sum();
            long free = book.limit() - used(book);
            if (free <= 0) {
                return 0;
            }
            boolean never = book.windowMs() == 0 || perMs <= 0 || free / perMs > LONGEST_MS;
            return never ? Long.MAX_VALUE : (long) (free / perMs);
        }
    }

    private static long used(MeterBook book) {
        return book.members().stream().mapToLong(Member::used).sum();
    }

    /** Where each sidecar reckons for itself: as the one that has least of it says. */
    static Capacity ofSidecars(Collection<Said> all) {
        int headroom = -1;
        long ends = -1;
        for (var said : all) {
            if (said.headroomPercent() >= 0 && (headroom < 0 || said.headroomPercent() < headroom)) {
                headroom = said.headroomPercent();
            }
            if (said.exhaustsInMs() >= 0 && (ends < 0 || said.exhaustsInMs() < ends)) {
                ends = said.exhaustsInMs();
            }
        }
        return new Capacity(headroom, ends);
    }
}
