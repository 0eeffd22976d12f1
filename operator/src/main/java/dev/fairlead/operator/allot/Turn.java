package dev.fairlead.operator.allot;

/** Since when somebody has more than its part in whole numbers, or how long it has been without. Steady milliseconds. */
final class Turn {
    private static final long NONE = -1;
    /** So long whoever has its turn keeps it, so that short calls are not all spent on passing it on. */
    private static final long LASTS_MS = 1_000;

    private long had;
    private long since = NONE;

    /** One that has had none yet, since now. */
    Turn(long nowMs) {
        had = nowMs;
    }

    void judge(boolean hasMore, long nowMs) {
        if (hasMore) {
            since = since == NONE ? nowMs : since;
            had = nowMs;
        } else {
            since = NONE;
        }
    }

    /** Nobody takes turns: all are alike. */
    void isNone(long nowMs) {
        since = NONE;
        had = nowMs;
    }

    /** Who is first to have its turn: who has just begun it, then who has been without one for longest, then who began last. */
    long rank(long nowMs) {
        if (since == NONE) {
            return had;
        }
        return nowMs - since < LASTS_MS ? Long.MIN_VALUE : nowMs + nowMs - since;
    }
}
