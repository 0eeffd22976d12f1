package dev.fairlead.sidecar.pool;

/**
 * A batch call takes nothing of the last eighth of a limit as long as others come, too: it has time, and who asks now and then
 * finds a place at once. One a second goes nevertheless, or others could keep it out for ever.
 */
final class Courtesy {
    /** The share of a limit that is left to others. */
    static final double LEFT = 0.125;

    /** When to look again at what has been left alone. */
    static final long AGAIN_MS = 100;

    private static final long OTHERS_COME_MS = 60_000;
    private static final long AT_LEAST_MS = 1_000;

    private long othersCameMs = Times.PAST;
    private long batchWentMs = Times.PAST;

    void asked(LeaseRequest request, long nowMs) {
        if (request.urgency() != Urgency.BATCH) {
            othersCameMs = nowMs;
        }
    }

    void went(LeaseRequest request, long nowMs) {
        if (request.urgency() == Urgency.BATCH) {
            batchWentMs = nowMs;
        }
    }

    boolean leavesSome(LeaseRequest request, long nowMs) {
        return request.urgency() == Urgency.BATCH && batchLeavesSome(nowMs);
    }

    boolean batchLeavesSome(long nowMs) {
        return nowMs - othersCameMs < OTHERS_COME_MS && nowMs - batchWentMs < AT_LEAST_MS;
    }
}
