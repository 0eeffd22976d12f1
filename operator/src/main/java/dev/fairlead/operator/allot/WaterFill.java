package dev.fairlead.operator.allot;

import java.util.Collection;
import java.util.Comparator;

/**
 * Weighted max-min fairness: who wants less than its part has it whole, the others share what that leaves. Where a part in whole
 * numbers is too small for one call more, what is left of all those parts goes round.
 */
final class WaterFill {
    private WaterFill() {}

    /** Gives everybody its part in whole numbers: together no more than {@code capacity}. */
    static void fill(long capacity, Collection<Party> all) {
        var order = all.stream()
                .sorted(Comparator.comparingDouble(party -> (double) party.want / party.weight))
                .toList();
        long rest = Math.max(0, capacity);
        long weight = all.stream().mapToLong(party -> party.weight).sum();
        long level = rest;
        boolean filled = true;
        for (var party : order) {
            // As doubles they are exact for every limit that a provider has, and cannot overflow for one that none has.
            filled = filled && (double) party.want * weight <= (double) level * party.weight;
            long whole = filled ? party.want : (long) ((double) level * party.weight / weight);
            whole = Math.min(rest, Math.min(party.want, whole));
            party.gets(whole);
            rest -= whole;
            if (filled) {
                level = rest;
                weight -= party.weight;
            }
        }
    }

    /**
     * Gives what whole parts leave: those take turns at it whose part is too small for one call more, who has been without for longest
     * first.
     *
     * @return what nobody wants
     */
    static long goRound(long capacity, Collection<Party> all, long nowMs) {
        long rest = Math.max(0, capacity);
        for (var party : all) {
            rest -= party.part();
        }
        var waiting = all.stream()
                .filter(party -> party.part() < party.want)
                .sorted(Party.byTurn(nowMs))
                .toList();
        for (var party : waiting) {
            rest -= party.takesTurn(rest);
        }
        for (var party : waiting) {
            rest -= party.takesNext(rest);
        }
        for (var party : waiting) {
            rest -= party.raise(party.want, rest);
        }
        return rest;
    }
}
