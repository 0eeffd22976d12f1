package dev.fairlead.sidecar.pool.quota;

/** A bucket that is full at first, and fills at a pace: what may happen at once, and how fast after that. Steady milliseconds. */
final class Bucket {
    /** Additions of fractions drift by less than this. */
    private static final double SLACK = 1e-6;

    /** What is heard at a millisecond is heard before the next. */
    private static final long CLOCK_MS = 1;

    private double level = Double.MAX_VALUE;
    /** From when on it fills; may be ahead. */
    private long atMs;
    /** When it was taken from last; the same unless that was more than once. */
    private long lastMs = Long.MIN_VALUE;

    private long takenAtMs = Long.MIN_VALUE;
    /** From when on it fills then at the earliest, and how far from full it was. */
    private long earliestMs;

    private long missingMs;

    /** Milliseconds until {@code amount} is there; with no pace, {@link Long#MAX_VALUE}. */
    long waitFor(double amount, double depth, double perMs, long t) {
        fill(depth, perMs, t);
        double missing = Math.min(amount, depth) - level;
        if (missing <= SLACK) {
            return 0;
        }
        double wait = perMs <= 0 ? Double.MAX_VALUE : Math.max(0, atMs - t) + Math.ceil(missing / perMs);
        return wait >= Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(1, (long) wait);
    }

    /** Takes, below zero if need be. */
    void take(double amount, double depth, double perMs, long t) {
        take(amount, depth, perMs, 0, t);
    }

    /**
     * The same where another bucket is to hold at least as much, that hears of it up to {@code lateMs} later: what was full begins
     * to fill so much later, once, which costs nothing as long as it does not fill up again.
     */
    void take(double amount, double depth, double perMs, long lateMs, long t) {
        fill(depth, perMs, t);
        if (lateMs > 0) {
            boolean twice = t == lastMs;
            lastMs = t;
            takenAtMs = twice ? Long.MIN_VALUE : t;
            earliestMs = atMs;
            missingMs = (long) ((depth - level) / perMs);
            atMs = Math.max(atMs, t + lateMs - missingMs);
        }
        level -= amount;
    }

    /**
     * The other bucket has heard by now of what was taken at that time: it fills since then at the latest. True when that is sooner
     * than was believed; only the latest can tell.
     */
    boolean heard(long ofMs, long t) {
        if (ofMs != takenAtMs || t >= atMs) {
            return false;
        }
        long before = atMs;
        atMs = Math.min(before, Math.max(earliestMs, t + CLOCK_MS - missingMs));
        return atMs < before;
    }

    void giveBack(double amount) {
        level += amount;
    }

    /** What it will hold at a later time, however deep it is; at least 0. */
    double amountUntil(long untilMs, double depth, double perMs, long t) {
        fill(depth, perMs, t);
        return Math.max(0, level + Math.max(0, untilMs - atMs) * perMs);
    }

    private void fill(double depth, double perMs, long t) {
        level = Math.min(depth, level + Math.max(0, t - atMs) * perMs);
        atMs = Math.max(atMs, t);
    }
}
