package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/**
 * Whether the provider has refused a key or an account, and nothing has shown since that it takes it again. A call from before
 * the refusal shows nothing.
 */
final class Trust {
    private FailureClass refused;
    private long refusedMs = Times.PAST;
    private long takenMs = Times.PAST;
    private int times;

    /**
     * It was refused.
     *
     * @param again whether it is not one of the calls that were on their way at the last refusal
     * @return how often it had been refused before, since it was last good
     */
    int refused(FailureClass why, boolean again, long nowMs) {
        told(why, nowMs);
        return again ? times++ : 0;
    }

    /** As {@link #refused}, on the word of another process. */
    void told(FailureClass why, long nowMs) {
        refused = why;
        refusedMs = nowMs;
    }

    /** The provider has taken a call. True when that shows that it is good again. */
    boolean accepted(Lease lease) {
        if (lease.grantedMs() <= refusedMs) {
            return false;
        }
        takenMs = Math.max(takenMs, lease.grantedMs());
        boolean proven = refused != null;
        refused = null;
        return proven;
    }

    /** The same to the end: an error inside an answer would have been another refusal. */
    void served(Lease lease) {
        accepted(lease);
        times = lease.grantedMs() > refusedMs ? 0 : times;
    }

    /** As what, {@code null} when it is good as far as is known. */
    FailureClass refused() {
        return refused;
    }

    /** When it was refused last. */
    long refusedMs() {
        return refusedMs;
    }

    /** When the latest call began that the provider has taken. */
    long takenMs() {
        return takenMs;
    }
}
