package dev.fairlead.operator.simulate.account;

/**
 * Deals a minute's allowance out in equal slices; what a slice does not use is lost. Azure describes it so: 600 requests
 * a minute, looked at every second, are 10 in each second.
 *
 * <p>A limit that does not divide evenly is dealt as evenly as whole numbers allow: over a clock minute the slices add
 * up to the limit exactly. In any stretch of a minute it lets through at most the limit plus one slice.
 */
final class Slices implements Meter {

    private final long limit;
    private final long quantum;
    private final long perMinute;
    private long slice = Long.MIN_VALUE;
    private long used;

    Slices(long limit, long quantumMicros) {
        this.limit = limit;
        this.quantum = quantumMicros;
        this.perMinute = MINUTE / quantumMicros;
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public long remaining(long now) {
        roll(now);
        return dealt(slice) - used;
    }

    @Override
    public long waitFor(long cost, long now) {
        roll(now);
        if (used + cost <= dealt(slice)) {
            return 0;
        }
        for (long next = slice + 1; next <= slice + perMinute; next++) {
            if (cost <= dealt(next)) {
                return next * quantum - Math.max(now, slice * quantum);
            }
        }
        return NEVER;
    }

    @Override
    public void take(long cost, long now) {
        roll(now);
        if (used + cost > dealt(slice)) {
            throw new IllegalStateException("took " + cost + " of " + (dealt(slice) - used));
        }
        used += cost;
    }

    @Override
    public long fullIn(long now) {
        roll(now);
        return used == 0 ? 0 : (slice + 1) * quantum - Math.max(now, slice * quantum);
    }

    private long dealt(long index) {
        long inMinute = Math.floorMod(index, perMinute);
        return limit * (inMinute + 1) / perMinute - limit * inMinute / perMinute;
    }

    private void roll(long now) {
        long current = Math.floorDiv(now, quantum);
        if (current > slice) {
            slice = current;
            used = 0;
        }
    }
}
