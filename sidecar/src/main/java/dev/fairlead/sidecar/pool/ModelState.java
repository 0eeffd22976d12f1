package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;

/**
 * What is known about one quota group and one model: the cool-down, the ramp after it, and the provider's last word on what
 * remains.
 *
 * <p>After a cool-down one call goes first. Each call that the provider accepts doubles how many may be in flight, until the
 * ramp is over; otherwise every waiter would run into the second 429 storm together.
 */
final class ModelState {
    /** In flight at once, above which a recovered group counts as open. */
    private static final int RAMP_END = 64;

    private static final int OPEN = Integer.MAX_VALUE;
    private static final long SILENT_PROBE_MS = 1_000;

    private long coolUntil = Times.PAST;
    private FailureClass cause = FailureClass.RATE_LIMIT;
    private int allowed = OPEN;
    private int inFlight;
    private long probeSince = Long.MAX_VALUE;
    private long remainingRequests = -1;
    private long limitRequests = -1;

    /** Rests until this time; an earlier end than the one already known is ignored. */
    void cool(long untilMs, FailureClass why) {
        allowed = 1;
        probeSince = Long.MAX_VALUE;
        if (untilMs > coolUntil) {
            coolUntil = untilMs;
            cause = why;
        }
    }

    boolean admits(long nowMs) {
        return nowMs >= coolUntil && inFlight < allowed;
    }

    /** When this group may serve the model again, as far as time alone decides; the past when it may now. */
    long coolUntil() {
        return coolUntil;
    }

    FailureClass cause() {
        return cause;
    }

    void granted(long nowMs) {
        inFlight++;
        if (allowed != OPEN && probeSince == Long.MAX_VALUE) {
            probeSince = nowMs;
        }
        if (remainingRequests > 0) {
            remainingRequests--;
        }
    }

    void released() {
        inFlight--;
    }

    /** The provider took a call: the ramp opens further. */
    void accepted() {
        probeSince = Long.MAX_VALUE;
        allowed = allowed >= RAMP_END ? OPEN : allowed * 2;
    }

    /** A probe that has not been rejected for this long counts as taken: a slow answer is not a limit. */
    void acceptSilentProbe(long nowMs) {
        if (silentProbeDue() <= nowMs) {
            accepted();
        }
    }

    /** When {@link #acceptSilentProbe} may succeed, {@link Long#MAX_VALUE} for never. */
    long silentProbeDue() {
        return probeSince == Long.MAX_VALUE ? Long.MAX_VALUE : probeSince + SILENT_PROBE_MS;
    }

    void corrected(LimitSnapshot limits) {
        if (limits.limitRequests() > 0 && limits.remainingRequests() >= 0) {
            limitRequests = limits.limitRequests();
            remainingRequests = limits.remainingRequests();
        }
    }

    /** Share of the provider's limit that is left, 1 where the provider has not said. */
    double headroom() {
        return limitRequests <= 0 ? 1.0 : (double) remainingRequests / limitRequests;
    }

    int inFlight() {
        return inFlight;
    }
}
