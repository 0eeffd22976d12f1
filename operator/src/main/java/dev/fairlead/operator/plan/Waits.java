package dev.fairlead.operator.plan;

import java.util.Arrays;

/** How long served calls waited for a key, milliseconds. */
public record Waits(long p50Ms, long p90Ms, long p99Ms, long maxMs) {

    /** Of the first {@code count} waits in microseconds; sorts them. */
    static Waits of(long[] micros, int count) {
        Arrays.sort(micros, 0, count);
        return new Waits(at(micros, count, 0.5), at(micros, count, 0.9), at(micros, count, 0.99), at(micros, count, 1));
    }

    private static long at(long[] sorted, int count, double share) {
        return count == 0 ? 0 : sorted[(int) Math.max(0, Math.ceil(share * count) - 1)] / 1_000;
    }
}
