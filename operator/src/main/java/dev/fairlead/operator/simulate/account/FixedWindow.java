package dev.fairlead.operator.simulate.account;

/**
 * Counts from the start of each minute (or day) of the clock, UTC. A sliding period can see twice the limit, around the
 * turn of a window.
 */
final class FixedWindow implements Meter {

    private final long limit;
    private final long period;
    private long window = Long.MIN_VALUE;
    private long used;

    FixedWindow(long limit, long period) {
        this.limit = limit;
        this.period = period;
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public long remaining(long now) {
        roll(now);
        return limit - used;
    }

    @Override
    public long waitFor(long cost, long now) {
        roll(now);
        if (cost > limit) {
            return NEVER;
        }
        return used + cost <= limit ? 0 : untilNext(now);
    }

    @Override
    public void take(long cost, long now) {
        roll(now);
        if (used + cost > limit) {
            throw new IllegalStateException("took " + cost + " of " + (limit - used));
        }
        used += cost;
    }

    @Override
    public long fullIn(long now) {
        roll(now);
        return used == 0 ? 0 : untilNext(now);
    }

    private long untilNext(long now) {
        return (window + 1) * period - Math.max(now, window * period);
    }

    private void roll(long now) {
        long current = Math.floorDiv(now, period);
        if (current > window) {
            window = current;
            used = 0;
        }
    }
}
