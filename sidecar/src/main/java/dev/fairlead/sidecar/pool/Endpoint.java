package dev.fairlead.sidecar.pool;

/** What is known about a pool's provider as a whole, whichever key is used. */
final class Endpoint {
    private static final long SILENT_MS = 1_000;
    private static final long SILENT_MAX_MS = 30_000;
    /** So long nobody waits for a status line, unless it usually takes even longer. */
    private static final long HANG_MS = 10_000;
    /** How long a probe probably takes. */
    private static final long PROBE_MS = 250;

    private final EndpointBreaker breaker = new EndpointBreaker();
    private final Ramp ramp = new Ramp();
    private double rejectionMs;
    private double answerMs;
    private long lastAnswerMs = Times.PAST;

    EndpointBreaker breaker() {
        return breaker;
    }

    /** How calls return once the breaker has closed: an endpoint that has just come up is not asked everything at once. */
    Ramp ramp() {
        return ramp;
    }

    boolean admits(long nowMs) {
        return breaker.admits(nowMs, hangMs()) && ramp.admits(nowMs);
    }

    /** When it admits a call as far as time alone decides: now or earlier, or in the future. */
    long opensAt(long nowMs) {
        return Math.max(breaker.opensAt(hangMs()), ramp.opensAt(nowMs, silentMs()));
    }

    /** When it will probably admit a call: a probe that is on its way has an answer soon, or hangs as long again. */
    long probablyOpensAt(long nowMs) {
        long since = breaker.probingSince();
        long at = opensAt(nowMs);
        return since == Times.PAST ? at : Math.min(at, nowMs + Math.max(PROBE_MS, nowMs - since));
    }

    /**
     * A call has not been answered, or the endpoint was the reason that it failed.
     *
     * @param probe its number, 0 when it is no probe
     */
    void failed(int probe, long nowMs) {
        if (breaker.failed(probe, nowMs)) {
            ramp.restart();
        }
    }

    /** A status line has come, whatever it says. */
    void answered(long nowMs) {
        lastAnswerMs = nowMs;
    }

    /** The status line of a call that was taken came so many milliseconds after the call was given its key. */
    void takenAfter(long ms) {
        answerMs = answerMs == 0 ? ms : answerMs + (ms - answerMs) / 8;
    }

    /** A call of that time was given up. Unless others were answered meanwhile, a long silence is a failure, too. */
    void abandoned(int probe, long sinceMs, long nowMs) {
        if (nowMs - sinceMs >= hangMs() && lastAnswerMs < sinceMs) {
            failed(probe, nowMs);
        }
    }

    private long hangMs() {
        return Math.max(HANG_MS, (long) (4 * answerMs));
    }

    /** The provider has rejected a call for a limit, so many milliseconds after it was given its key. */
    void rejectedAfter(long ms) {
        rejectionMs = rejectionMs == 0 ? ms : rejectionMs + (ms - rejectionMs) / 8;
    }

    /** A call that has not been rejected for so long probably will not be: a slow answer is no limit. */
    long silentMs() {
        return Math.max(SILENT_MS, Math.min(SILENT_MAX_MS, (long) (4 * rejectionMs)));
    }
}
