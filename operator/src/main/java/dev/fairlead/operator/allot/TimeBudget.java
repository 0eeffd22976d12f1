package dev.fairlead.operator.allot;

import java.util.ArrayDeque;
import java.util.Deque;

/** So much time in any window, spent in spans. Milliseconds of one steady clock. */
final class TimeBudget {
    /** What is spent within so long is remembered as one. */
    private static final long TOGETHER_MS = 30_000;

    private static final int MOST_SPANS = 64;

    private final long mostMs;
    private final long windowMs;
    /** The oldest first. */
    private final Deque<Spent> spans = new ArrayDeque<>(4);

    /** @param ms less than there is between the two where it was spent in parts: counts as if it had been the last of it */
    private record Spent(long fromMs, long untilMs, long ms) {
        long within(long sinceMs) {
            return Math.max(0, Math.min(ms, untilMs - sinceMs));
        }
    }

    TimeBudget(long mostMs, long windowMs) {
        this.mostMs = mostMs;
        this.windowMs = windowMs;
    }

    /** What is left of it for a span that ends later than all before. */
    long leftMs(long nowMs) {
        long sinceMs = nowMs - windowMs;
        long left = mostMs;
        for (var spent : spans) {
            left -= spent.within(sinceMs);
        }
        return Math.max(0, left);
    }

    /** Until when it is spent; the past when it is not. */
    long spentUntilMs() {
        return spans.isEmpty() ? Claims.NEVER : spans.getLast().untilMs;
    }

    /** @param fromMs not before the end of what is spent already, nor before now */
    void spend(long fromMs, long untilMs, long nowMs) {
        spans.removeIf(spent -> spent.within(nowMs - windowMs) == 0);
        var last = spans.peekLast();
        boolean one = last != null && fromMs - last.fromMs < TOGETHER_MS && fromMs <= Math.max(nowMs, last.untilMs);
        if (one || spans.size() == MOST_SPANS) {
            spans.removeLast();
            spans.addLast(new Spent(last.fromMs, untilMs, last.ms + untilMs - fromMs));
        } else {
            spans.addLast(new Spent(fromMs, untilMs, untilMs - fromMs));
        }
    }

    /** What was to be spent from now on is not. */
    void keepRest(long nowMs) {
        while (spentUntilMs() > nowMs) {
            var last = spans.removeLast();
            long ms = last.ms - (last.untilMs - Math.max(nowMs, last.fromMs));
            if (ms > 0) {
                spans.addLast(new Spent(last.fromMs, nowMs, ms));
            }
        }
    }

    boolean untouched(long nowMs) {
        return leftMs(nowMs) == mostMs;
    }
}
