package dev.fairlead.sidecar.pool;

/**
 * Keeps calls away from a provider endpoint that does not answer. Opens when, of the last {@value #WINDOW} outcomes within
 * {@value #MAX_AGE_MS} ms, at least {@value #MIN_SAMPLE} are known and at least half failed; lets one call through after a
 * rest that doubles from one second to thirty, and one more when that hangs.
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
    private int probes;
    /** The number of the probe that is awaited, 0 for none. */
    private int awaited;

    private long awaitedSinceMs;

    /** @param hangMs a probe that has taken so long tells nothing any more: the next call probes, too */
    boolean admits(long nowMs, long hangMs) {
        return nowMs >= opensAt(hangMs);
    }

    /** When it admits a call if nothing happens until then. */
    long opensAt(long hangMs) {
        return awaited == 0 ? openUntil : awaitedSinceMs + hangMs;
    }

    /** When the probe went whose outcome decides; {@link Times#PAST} when there is none. */
    long probingSince() {
        return awaited == 0 ? Times.PAST : awaitedSinceMs;
    }

    /** A call begins; returns its number when it is a probe, 0 otherwise. */
    int granted(long nowMs) {
        if (!halfOpen) {
            return 0;
        }
        awaited = ++probes;
        awaitedSinceMs = nowMs;
        return awaited;
    }

    /** True when that closes it. */
    boolean succeeded(long nowMs) {
        boolean closes = halfOpen;
        if (halfOpen) {
            halfOpen = false;
            awaited = 0;
            known = 0;
            outcomes = 0;
            restMs = FIRST_REST_MS;
        }
        record(false, nowMs);
        return closes;
    }

    /**
     * True when that opens it. While a probe is to tell how things stand, calls from before it tell nothing new.
     *
     * @param probe the call's number, 0 when it is no probe
     */
    boolean failed(int probe, long nowMs) {
        record(true, nowMs);
        boolean opens = halfOpen
                ? probe != 0 && probe == awaited
                : known >= MIN_SAMPLE && Integer.bitCount(outcomes) * 2 >= known;
        if (!opens || nowMs < openUntil) {
            return false;
        }
        openUntil = nowMs + restMs;
        restMs = Math.min(LONGEST_REST_MS, restMs * 2);
        halfOpen = true;
        awaited = 0;
        return true;
    }

    /** A probe has ended; if it is the awaited one and said nothing about the endpoint, the next call probes. */
    void released(int probe) {
        if (probe == awaited) {
            awaited = 0;
        }
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
