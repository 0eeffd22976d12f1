package dev.fairlead.sidecar.pool;

/**
 * Keeps calls away from a provider endpoint that does not answer. Opens when, of the last {@value #WINDOW} outcomes within
 * {@value #MAX_AGE_MS} ms, at least {@value #MIN_SAMPLE} are known and at least half failed; lets one call through after a
 * rest that doubles from one second to thirty.
 */
final class EndpointBreaker {
    private static final int WINDOW = 32;
    private static final int MIN_SAMPLE = 8;
    private static final long MAX_AGE_MS = 30_000;
    private static final long FIRST_REST_MS = 1_000;
    private static final long LONGEST_REST_MS = 30_000;

    private int outcomes;
    private int known;
    private long lastMs = Times.PAST;
    private long openUntil = Times.PAST;
    private long restMs = FIRST_REST_MS;
    private boolean halfOpen;
    private boolean probing;

    boolean admits(long nowMs) {
        return nowMs >= openUntil && !(halfOpen && probing);
    }

    long openUntil() {
        return openUntil;
    }

    /** Whether only the outcome of a probe, not time, keeps calls back. */
    boolean probing() {
        return halfOpen && probing;
    }

    /** A call begins; true when it is the probe. */
    boolean granted() {
        probing = halfOpen;
        return probing;
    }

    /** True when that closes it. */
    boolean succeeded(long nowMs) {
        boolean closes = halfOpen;
        if (halfOpen) {
            halfOpen = false;
            probing = false;
            known = 0;
            outcomes = 0;
            restMs = FIRST_REST_MS;
        }
        record(false, nowMs);
        return closes;
    }

    /** True when that opens it. */
    boolean failed(long nowMs) {
        record(true, nowMs);
        boolean opens = halfOpen || (known >= MIN_SAMPLE && Integer.bitCount(outcomes) * 2 >= known);
        if (!opens || nowMs < openUntil) {
            return false;
        }
        openUntil = nowMs + restMs;
        restMs = Math.min(LONGEST_REST_MS, restMs * 2);
        halfOpen = true;
        probing = false;
        return true;
    }

    /** The probe has ended; if it said nothing about the endpoint, the next call probes. */
    void released() {
        probing = false;
    }

    private void record(boolean failure, long nowMs) {
        if (lastMs != Times.PAST && nowMs - lastMs > MAX_AGE_MS) {
            known = 0;
            outcomes = 0;
        }
        lastMs = nowMs;
        outcomes = outcomes << 1 | (failure ? 1 : 0);
        known = Math.min(WINDOW, known + 1);
    }
}
