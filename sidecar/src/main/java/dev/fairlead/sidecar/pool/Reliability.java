package dev.fairlead.sidecar.pool;

/**
 * Which share of the latest calls did not fail at the provider. An error comes sooner than an answer and leaves nothing on its
 * way, so whoever looks at speed and load alone would send the next call there, too. What was bad is forgotten with time.
 */
final class Reliability {
    private static final double NEWS = 0.25;
    /** So little makes no difference, or who has failed would never be taken among equals that are idle. */
    private static final double NOTHING = 0.1;

    private double failing;
    private long atMs;

    void failed(long nowMs) {
        double before = failing(nowMs);
        failing = before + (1 - before) * NEWS;
        atMs = nowMs;
    }

    void answered(long nowMs) {
        failing = failing(nowMs) * (1 - NEWS);
        atMs = nowMs;
    }

    /** 0 to 1. */
    double share(long nowMs) {
        return 1 - failing(nowMs);
    }

    private double failing(long nowMs) {
        double now = failing < NOTHING ? 0 : failing * Times.fresh(nowMs - atMs);
        return now < NOTHING ? 0 : now;
    }
}
