package dev.fairlead.operator.allot;

import java.util.ArrayList;
import java.util.List;

/** What those have held of one limit who are gone, or have forgotten it: the provider counts for a while what they used. */
final class Departed {
    private final List<One> all = new ArrayList<>();

    private record One(long amount, long until) {}

    void add(long amount, long until) {
        if (amount > 0) {
            all.add(new One(amount, until));
        }
    }

    long sum() {
        long sum = 0;
        for (var one : all) {
            sum += one.amount();
        }
        return sum;
    }

    /** Forgets what the provider has forgotten; how much that was. */
    long forget(long nowMs) {
        long freed = 0;
        for (var each = all.iterator(); each.hasNext(); ) {
            var one = each.next();
            if (one.until() <= nowMs) {
                freed += one.amount();
                each.remove();
            }
        }
        return freed;
    }
}
