package dev.fairlead.operator.simulate.account;

/**
 * Flows back continuously, {@code limit} units a period, up to a ceiling; starts full. In any stretch of one period it
 * lets through at most ceiling + limit.
 *
 * <p>Exact: the level is kept in units x microseconds, so that no rounding ever lets a unit through early.
 */
final class TokenBucket implements Meter {

    private final long limit;
    private final long period;
    private final long fullLevel;
    private long level;
    private long last = Long.MIN_VALUE;

    TokenBucket(long limit, long period, long ceiling) {
        this.limit = limit;
        this.period = period;
        this.fullLevel = Math.multiplyExact(ceiling, period);
        this.level = fullLevel;
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public long remaining(long now) {
        refill(now);
        return level / period;
    }

    @Override
    public long waitFor(long cost, long now) {
        refill(now);
        if (cost > fullLevel / period) {
            return NEVER;
        }
        return timeFor(cost * period - level);
    }

    @Override
    public void take(long cost, long now) {
        refill(now);
        if (cost * period > level) {
            throw new IllegalStateException("took " + cost + " of " + level / period);
        }
        level -= cost * period;
    }

    @Override
    public long fullIn(long now) {
        refill(now);
        return timeFor(fullLevel - level);
    }

    private long timeFor(long missing) {
        return missing <= 0 ? 0 : (missing + limit - 1) / limit;
    }

    private void refill(long now) {
        if (last == Long.MIN_VALUE) {
            last = now;
        }
        long elapsed = now - last;
        if (elapsed <= 0) {
            return;
        }
        last = now;
        level = elapsed >= timeFor(fullLevel - level) ? fullLevel : level + elapsed * limit;
    }
}
