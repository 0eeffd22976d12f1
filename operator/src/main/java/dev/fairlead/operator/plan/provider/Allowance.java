package dev.fairlead.operator.plan.provider;

/**
 * One limit of an account, as a bucket that time refills: {@code limit} units a period, up to a depth. May be charged below
 * zero for what is known only afterwards. Times are milliseconds and never go back.
 */
final class Allowance {
    private final LimitKind kind;
    private final long limit;
    private final long depth;
    private final Recent recent;
    /** Units times milliseconds of the period, so that no rounding loses anything. */
    private long level;

    private long lastMs = -1;
    private long firstFullMs = -1;
    private long refusals;

    /** @param depth what may be taken at once */
    Allowance(LimitKind kind, long limit, long depth) {
        this.kind = kind;
        this.limit = limit;
        this.depth = depth;
        this.recent = new Recent(kind.periodMs());
        this.level = depth * kind.periodMs();
    }

    LimitKind kind() {
        return kind;
    }

    long limit() {
        return limit;
    }

    /** Units that could be taken now; never negative. */
    long remaining(long nowMs) {
        refill(nowMs);
        return Math.max(0, level / kind.periodMs());
    }

    /** Milliseconds until so many units are there; 0 for now, {@link Long#MAX_VALUE} for never. */
    long waitFor(long units, long nowMs) {
        refill(nowMs);
        if (units > depth) {
            return Long.MAX_VALUE;
        }
        long missing = units * kind.periodMs() - level;
        return missing <= 0 ? 0 : (missing + limit - 1) / limit;
    }

    /** Milliseconds until it is as full as it gets. */
    long fullIn(long nowMs) {
        return waitFor(depth, nowMs);
    }

    /** Takes units, whether they are there or not. */
    void take(long units, long nowMs) {
        refill(nowMs);
        level -= units * kind.periodMs();
        recent.add(units, nowMs);
        boolean full = level < units * kind.periodMs() || recent.sum(nowMs) + units > limit;
        if (full && firstFullMs < 0) {
            firstFullMs = nowMs;
        }
    }

    /** Takes more of what was taken before, or gives some of it back. */
    void correct(long units, long nowMs) {
        refill(nowMs);
        level = Math.min(depth * kind.periodMs(), level - units * kind.periodMs());
        recent.add(units, nowMs);
    }

    void refused(long nowMs) {
        refusals++;
        if (firstFullMs < 0) {
            firstFullMs = nowMs;
        }
    }

    /** When a call like the last one would not have fitted for the first time; -1 for never. */
    long firstFullMs() {
        return firstFullMs;
    }

    long refusals() {
        return refusals;
    }

    /** The most within one period. */
    long peak() {
        return recent.peak();
    }

    long total() {
        return recent.total();
    }

    private void refill(long nowMs) {
        if (lastMs >= 0 && nowMs > lastMs) {
            long full = depth * kind.periodMs();
            level = Math.min(full, level + (nowMs - lastMs) * limit);
        }
        lastMs = Math.max(lastMs, nowMs);
    }
}
