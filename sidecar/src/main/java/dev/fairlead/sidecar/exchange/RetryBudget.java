package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.FallbackConfig;

/**
 * How often a call may be tried. What a provider rejected without executing costs nothing but a place under the hard ceiling;
 * what it may have executed costs an attempt and a part of the route's {@link RetryShare}, and ends when the time for retries
 * is over.
 */
final class RetryBudget {
    /** Attempts of any kind for one call. */
    private static final int CEILING = 16;

    private final FallbackConfig config;
    private final RetryShare share;
    private int attempts;
    private int executed;
    private long firstSentMs = Long.MIN_VALUE;
    private long waitedMs;
    private boolean shareUsedUp;

    RetryBudget(FallbackConfig config, RetryShare share) {
        this.config = config;
        this.share = share;
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
        boolean may = attempts < CEILING
                && executed < config.maxAttempts()
                && nowMs - firstSentMs - waitedMs <= config.retryWithinMs()
                && (answered || config.retryUncertain());
        shareUsedUp = may && !share.take(nowMs);
        return may && !shareUsedUp;
    }

    /** Whether the call would be tried again if there were not too many repetitions already: then nobody should repeat it. */
    boolean shareUsedUp() {
        return shareUsedUp;
    }
}
