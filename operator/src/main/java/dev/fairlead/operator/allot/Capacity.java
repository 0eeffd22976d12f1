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
     * Where the leader divides limits it knows best: of each account the tightest limit counts. An account that cannot be called
     * with has neither a limit nor something left of it.
     */
    static Capacity ofLimits(Map<String, MeterBook> meters, Accounts accounts) {
        Map<String, Double> left = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        meters.forEach((name, book) -> {
            if (!accounts.count(name)) {
                return;
            }
            var account = Accounts.ofMeter(name);
            left.merge(account, accounts.rests(account) ? 0 : left(book), Math::min);
            long in = exhaustedInMs(book);
            ends.merge(account, in < 0 ? Long.MAX_VALUE : in, Math::min);
        });
        if (left.isEmpty()) {
            return new Capacity(0, -1);
        }
        double mean = left.values().stream().mapToDouble(part -> part).average().orElse(1);
        long last = ends.values().stream().mapToLong(end -> end).max().orElse(Long.MAX_VALUE);
        return new Capacity((int) Math.round(100 * mean), last == Long.MAX_VALUE ? -1 : last);
    }

    /** Share of the limit that is left, 0 to 1. */
    private static double left(MeterBook book) {
        return Math.max(0, (double) (book.limit() - used(book)) / book.limit());
    }

    /** Milliseconds until nothing is left at the present pace, -1 when it does not come to that. */
    private static long exhaustedInMs(MeterBook book) {
        double perMs = book.members().stream().mapToDouble(Member::perMs).sum();
        long free = book.limit() - used(book);
        if (free <= 0) {
            return 0;
        }
        return book.windowMs() == 0 || perMs <= 0 || free / perMs > LONGEST_MS ? -1 : (long) (free / perMs);
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
