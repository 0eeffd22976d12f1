package dev.fairlead.sidecar.pool;

/** What is known about a pool's provider as a whole, whichever key is used. */
final class Endpoint {
    private static final long SILENT_MS = 1_000;
    private static final long SILENT_MAX_MS = 30_000;

    private final EndpointBreaker breaker = new EndpointBreaker();
    private final Ramp ramp = new Ramp();
    private double rejectionMs;

    EndpointBreaker breaker() {
        return breaker;
    }

    /** How calls return once the breaker has closed: an endpoint that has just come up is not asked everything at once. */
    Ramp ramp() {
        return ramp;
    }

    boolean admits(long nowMs) {
        return breaker.admits(nowMs) && ramp.admits(nowMs);
    }

    /** When it admits a call as far as time alone decides: now or earlier, or in the future. */
    long opensAt(long nowMs) {
        return Math.max(breaker.openUntil(), ramp.opensAt(nowMs, silentMs()));
    }

    /** A call has not been answered, or the endpoint was the reason that it failed. */
    void failed(long nowMs) {
        if (breaker.failed(nowMs)) {
            ramp.restart();
        }
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
