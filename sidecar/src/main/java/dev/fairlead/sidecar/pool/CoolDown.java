package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/** A rest whose end only moves forward. */
final class CoolDown {
    /** Times that others told travel and age on the way: an end that is hardly later is the same end. */
    private static final long TOLD_SLACK_MS = 250;

    private long until = Times.PAST;
    private long opensAt = Times.PAST;
    private FailureClass cause = FailureClass.RATE_LIMIT;
    private boolean firstHand;

    /**
     * Rests until this time; an earlier end than the one already known is ignored.
     *
     * @param jitterMs how much later the first call goes, so that processes that heard the same do not wake in step
     */
    void extend(long untilMs, long jitterMs, FailureClass why) {
        if (untilMs > until) {
            until = untilMs;
            opensAt = Math.max(opensAt, untilMs + jitterMs);
            cause = why;
            firstHand = true;
        }
    }

    /** As {@link #extend}, on the word of another process. True when it is news. */
    boolean told(long untilMs, long jitterMs, FailureClass why) {
        if (untilMs <= until + TOLD_SLACK_MS) {
            return false;
        }
        until = untilMs;
        opensAt = Math.max(opensAt, untilMs + jitterMs);
        cause = why;
        firstHand = false;
        return true;
    }

    /** When calls may go again; the past when they may now. */
    long opensAt() {
        return opensAt;
    }

    /** The end as it was told, without jitter. */
    long until() {
        return until;
    }

    boolean rests(long nowMs) {
        return opensAt > nowMs;
    }

    /** Whether this process has its own evidence of that end; only then is it told to others, or a rest would be echoed for ever. */
    boolean firstHand() {
        return firstHand;
    }

    FailureClass cause() {
        return cause;
    }
}
