package dev.fairlead.operator.allot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Weighted max-min fairness in whole numbers: who wants less than its part has it whole, the others share what that leaves. */
final class WaterFill {
    private WaterFill() {}

    /**
     * Divides {@code capacity}. Nobody gets more than it wants; together they get what they want or nearly all that there is.
     *
     * @param wants 0 or more each
     * @param weights 1 or more each
     */
    static long[] fill(long capacity, long[] wants, int[] weights) {
        var order = IntStream.range(0, wants.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> (double) wants[i] / weights[i]))
                .toList();
        long rest = Math.max(0, capacity);
        long weight = Arrays.stream(weights).asLongStream().sum();
        var parts = new long[wants.length];
        for (int i : order) {
            // As a double it is exact for every limit that a provider has, and cannot overflow for one that none has.
            long fair = weight == weights[i] ? rest : Math.min(rest, (long) ((double) rest * weights[i] / weight));
            parts[i] = Math.min(wants[i], fair);
            rest -= parts[i];
            weight -= weights[i];
        }
        return parts;
    }
}
