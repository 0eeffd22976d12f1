package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.FallbackConfig;

/**
 * How often a call may be tried. What a provider rejected without executing costs nothing but a place under the hard ceiling;
 * what it may have executed costs an attempt, and ends when the time for retries is over.
 */
final class RetryBudget {
    /** Attempts of any kind for one call. */
    private static final int CEILING = 16;

    private final FallbackConfig config;
    private int attempts;
    private int executed;
    private long firstSentMs = Long.MIN_VALUE;
    private long waitedMs;

    RetryBudget(FallbackConfig config) {
        this.config = config;
    }

    void sent(long nowMs, long waitedForItMs) {
        attempts++;
        if (firstSentMs == Long.MIN_VALUE) {
            firstSentMs = nowMs;
        } else {
            waitedMs += waitedForItMs;
        }
    }

    /** Whether a call that was rejected unexecuted may be tried again. */
    boolean afterRejection() {
        return attempts < CEILING;
    }

    /** Whether a call that may have been executed may be tried again; counts the execution. */
    boolean afterExecution(long nowMs, boolean answered) {
        executed++;
        return attempts < CEILING
                && executed < config.maxAttempts()
                && nowMs - firstSentMs - waitedMs <= config.retryWithinMs()
                && (answered || config.retryUncertain());
    }
}
