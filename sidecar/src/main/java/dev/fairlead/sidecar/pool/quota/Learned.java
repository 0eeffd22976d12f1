package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.limit.SlidingWindow;

/**
 * Limits that nobody names, learned from refusals: each lowers the ceiling by a fifth below what was just reached, each minute
 * without one raises it by a twentieth or, where a refusal is dear since there are few calls, by less, and an hour without one
 * forgets it.
 */
final class Learned {
    private static final double LOWER = 0.8;
    private static final double RAISE_PER_MINUTE = 0.05;
    /** From a fifth below the ceiling up to it takes at least so many calls' time that one in 25 is refused. */
    private static final double RAISE_PER_CALL = 0.008;

    private static final long FORGOTTEN_MS = 3_600_000;
    private static final long MINUTE_MS = 60_000;
    private static final long SAME_MINUTE_MS = 30_000;
    /** One refusal after fewer calls in the last minute may tell of others who use the account: only the second one counts. */
    private static final int FEW = 8;

    private static final long DOUBTED_MS = 600_000;
    /** Of a minute's calls, so many parts of one may begin at once. */
    private static final int BURST_PARTS = 6;

    private final SlidingWindow lastMinute = new SlidingWindow(MINUTE_MS, 12);
    private final Bucket starts = new Bucket();
    private double pace;
    private long paceAtMs;
    private long doubtedAtMs = Long.MIN_VALUE;
    private long paceSequence = -1;
    private long atOnce;
    private long atOnceAtMs;
    private long atOnceSequence = -1;
    private long underway;
    private long sequence;

    /** A call begins; returns the how manieth it is. */
    long began(long t) {
        lastMinute.add(1, t);
        if (paces(t)) {
            double ceiling = ceiling(t);
            starts.take(1, depth(ceiling), ceiling / MINUTE_MS, t);
        }
        underway++;
        return sequence++;
    }

    void ended() {
        underway--;
    }

    /**
     * Too many in a minute. Calls that were on their way when the ceiling was last lowered tell nothing new, nor does who comes
     * while the minute that was too full is still in the provider's window.
     */
    void tooMany(long ofSequence, long t) {
        long taken = lastMinute.sum(t);
        if (taken > 0) {
            taken--; // This one was not.
            lastMinute.add(-1, t);
        }
        if (ofSequence <= paceSequence || taken == 0 || (pace > 0 && t - paceAtMs < SAME_MINUTE_MS)) {
            return;
        }
        double before = paces(t) ? ceiling(t) : Double.MAX_VALUE;
        if (taken < Math.min(FEW, before / 2) && !doubtedBefore(t)) {
            return;
        }
        pace = Math.max(LOWER, Math.min(taken, before) * LOWER);
        paceAtMs = t;
        paceSequence = sequence - 1;
    }

    /** Whether another refusal could not be believed lately, which was not of the same minute. */
    private boolean doubtedBefore(long t) {
        long ago = doubtedAtMs == Long.MIN_VALUE ? Long.MAX_VALUE : t - doubtedAtMs;
        if (ago >= SAME_MINUTE_MS) {
            doubtedAtMs = t;
        }
        return ago >= SAME_MINUTE_MS && ago < DOUBTED_MS;
    }

    /** Too many at once, the refused one included. */
    void tooManyAtOnce(long ofSequence, long t) {
        if (ofSequence > atOnceSequence) {
            atOnce = Math.max(1, Math.min(underway - 1, (long) (underway * LOWER)));
            atOnceAtMs = t;
            atOnceSequence = sequence - 1;
        }
    }

    /** Whether no call is on its way. */
    boolean idle() {
        return underway == 0;
    }

    /** Whether anything was ever learned. */
    boolean spoke() {
        return paceSequence >= 0 || atOnceSequence >= 0;
    }

    /** Whether anything is known now. */
    boolean speaks(long t) {
        return paces(t) || countsAtOnce(t);
    }

    /** Milliseconds until one more call may begin. */
    long waitFor(long t) {
        long wait = 0;
        if (paces(t)) {
            double ceiling = ceiling(t);
            wait = starts.waitFor(1, depth(ceiling), ceiling / MINUTE_MS, t);
        }
        return countsAtOnce(t) && underway >= most(t) ? Math.max(wait, Share.ASK_MS) : wait;
    }

    double callsUntil(long laterMs, long t) {
        if (!paces(t)) {
            return Double.MAX_VALUE;
        }
        double ceiling = ceiling(t);
        return starts.amountUntil(laterMs, depth(ceiling), ceiling / MINUTE_MS, t);
    }

    /** Share of it that is left; 1 when nothing is known. */
    double left(long t) {
        double left = paces(t) ? 1 - lastMinute.sum(t) / ceiling(t) : 1;
        return Math.max(0, countsAtOnce(t) ? Math.min(left, 1 - underway / (double) most(t)) : left);
    }

    private boolean paces(long t) {
        return pace > 0 && t - paceAtMs < FORGOTTEN_MS;
    }

    private boolean countsAtOnce(long t) {
        return atOnce > 0 && t - atOnceAtMs < FORGOTTEN_MS;
    }

    /** Calls a minute, now. */
    double ceiling(long t) {
        double raise = Math.min(RAISE_PER_MINUTE, pace * RAISE_PER_CALL);
        return pace + pace * raise * ((t - paceAtMs) / (double) MINUTE_MS);
    }

    /** Calls at once, now. */
    long most(long t) {
        return atOnce + (t - atOnceAtMs) / MINUTE_MS;
    }

    private static double depth(double ceiling) {
        return Math.max(1, ceiling / BURST_PARTS);
    }
}
