package dev.fairlead.sidecar.exchange;

/**
 * How much of a route's traffic may be repetitions of what providers may have executed: a fifth of the calls, and a few a
 * second where there is little traffic. A provider that fails then costs at most that much more, however many calls there are.
 * Belongs to one loop.
 */
final class RetryShare {
    /** A repetition, in the unit of the account: thousandths. */
    private static final long ONE = 1_000;

    private static final long PER_CALL = ONE / 5;
    private static final long MOST = 100 * ONE;
    /** What time alone gives, up to {@link #FLOOR}: two a second. */
    private static final long PER_MS = 2;

    private static final long FLOOR = 10 * ONE;

    private long account = FLOOR;
    private long lastMs = Long.MIN_VALUE;

    /** A call of a client begins, for the first time. */
    void called(long nowMs) {
        refill(nowMs);
        account = Math.min(MOST, account + PER_CALL);
    }

    /** A call that the client itself repeats: it is let through, and leaves so much less for repetitions of ours. */
    void repeatedByClient(long nowMs) {
        refill(nowMs);
        account = Math.max(0, account - ONE);
    }

    /** Whether one more repetition is allowed; takes it. */
    boolean take(long nowMs) {
        refill(nowMs);
        if (account < ONE) {
            return false;
        }
        account -= ONE;
        return true;
    }

    private void refill(long nowMs) {
        if (lastMs != Long.MIN_VALUE && account < FLOOR) {
            account = Math.min(FLOOR, account + (nowMs - lastMs) * PER_MS);
        }
        lastMs = nowMs;
    }
}
