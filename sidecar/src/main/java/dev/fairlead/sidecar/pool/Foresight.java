package dev.fairlead.sidecar.pool;

/**
 * How far predictions of waits have been off lately at one board, so that nobody is let in to wait who would wait in vain: what
 * nobody knows beforehand (calls that the provider turns away, others who go first) makes waits longer, and the next one, too.
 */
final class Foresight {
    /** Shorter waits say little: a few milliseconds would be much of them. */
    private static final long SHORTEST_MS = 1_000;

    private static final double LEAST = 0.02;
    private static final double MOST = 0.5;
    /** The weight of the newest wait in the mean error, and in how much errors differ, as RFC 6298 smooths round trips. */
    private static final double OF_ERROR = 0.125;

    private static final double OF_DEVIATION = 0.25;
    private static final double DEVIATIONS = 2;

    private double error;
    private double deviation;

    /** How much of a wait is kept for what no prediction knows. */
    long margin(long waitMs) {
        return (long) (waitMs * Math.max(LEAST, Math.min(MOST, error + DEVIATIONS * deviation)));
    }

    /** A wait has ended, with a key or at its deadline. */
    void waited(long predictedMs, long actualMs) {
        if (predictedMs >= SHORTEST_MS) {
            double off = Math.max(-1, Math.min(1, (double) (actualMs - predictedMs) / predictedMs));
            deviation += OF_DEVIATION * (Math.abs(off - error) - deviation);
            error += OF_ERROR * (off - error);
        }
    }
}
