package dev.fairlead.sidecar.redis;

/** When to ask again: regularly, at once when a call waits for a share, and slower while asking does not help. */
final class Pace {
    static final long REGULAR_MS = 1_000;
    static final long CLOSEST_MS = 20;
    static final long WIDEST_MS = 640;

    private long spacingMs = CLOSEST_MS;
    private long askedAt = Long.MIN_VALUE / 2;

    void asked(long nowMs) {
        askedAt = nowMs;
    }

    /** The answer gave more, or nobody had wanted more. */
    void helped() {
        spacingMs = CLOSEST_MS;
    }

    /** Somebody had wanted more, and the answer gave none; or there was no answer. */
    void helpedNot() {
        spacingMs = Math.min(WIDEST_MS, spacingMs * 2);
    }

    /** Milliseconds to wait before the next question. */
    long waitMs(boolean needed, long nowMs) {
        long due = askedAt + (needed ? spacingMs : REGULAR_MS);
        return Math.max(0, due - nowMs);
    }
}
