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
    /** Where the leader divides limits it knows best: of each account the tightest limit counts. */
    static Capacity ofLimits(Map<String, MeterBook> meters) {
        Map<String, Double> left = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        meters.forEach((name, book) -> {
            var account = name.substring(0, Math.max(0, name.indexOf('/')));
            left.merge(account, book.left(), Math::min);
            long in = book.exhaustedInMs();
            ends.merge(account, in < 0 ? Long.MAX_VALUE : in, Math::min);
        });
        double mean = left.values().stream().mapToDouble(part -> part).average().orElse(1);
        long last = ends.values().stream().mapToLong(end -> end).max().orElse(Long.MAX_VALUE);
        return new Capacity((int) Math.round(100 * mean), last == Long.MAX_VALUE ? -1 : last);
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
