package dev.fairlead.sidecar.pool;

import java.util.ArrayDeque;

/**
 * How calls return to something that has rested: one goes first, then each that the provider takes lets one more be on its way
 * unanswered. Otherwise every waiter would run into the second 429 storm together.
 *
 * <p>Counts calls without a status line yet, so streams that go on for long hold nobody up. Calls from before the rest count
 * for nothing.
 */
final class Ramp {
    /** Unanswered at once, above which what rested counts as open. */
    private static final int END = 256;

    /** The probe has this long alone, however fast its answer. */
    private static final long ALONE_MS = 60;

    private static final int OPEN = Integer.MAX_VALUE;

    private final ArrayDeque<Step> steps = new ArrayDeque<>(0);
    private int allowed = OPEN;
    private int unanswered;
    private long aloneUntil = Times.PAST;

    /** One call's part in a ramp. */
    static final class Step {
        private final long sinceMs;
        private boolean over;

        Step(long sinceMs) {
            this.sinceMs = sinceMs;
        }
    }

    /** Something rests: the way back begins anew. */
    void restart() {
        forgetSteps();
        allowed = 1;
        aloneUntil = Times.PAST;
    }

    /** It need not have rested: all may come. */
    void reopen() {
        forgetSteps();
        allowed = OPEN;
        aloneUntil = Times.PAST;
    }

    boolean open() {
        return allowed == OPEN;
    }

    /** Whether none has been taken yet since the rest. */
    boolean probes() {
        return allowed == 1;
    }

    boolean admits(long nowMs) {
        return allowed == OPEN || (unanswered < allowed && nowMs >= aloneUntil);
    }

    /** A call goes; {@code null} when it needs no step, since all is open. */
    Step granted(long nowMs) {
        if (allowed == OPEN) {
            return null;
        }
        if (allowed == 1) {
            aloneUntil = nowMs + ALONE_MS;
        }
        var step = new Step(nowMs);
        steps.add(step);
        unanswered++;
        return step;
    }

    /** The provider took this call: one more may follow. True when that changed anything. */
    boolean accepted(Step step) {
        if (step == null || step.over) {
            return false;
        }
        end(step);
        allowed++;
        if (allowed > END) {
            allowed = OPEN;
            forgetSteps();
        }
        return true;
    }

    /** The call ended and said nothing: its place is given back. */
    void released(Step step) {
        if (step != null && !step.over) {
            end(step);
        }
    }

    /** Calls that have not been rejected for so long count as taken: a slow answer is no limit. */
    boolean acceptSilent(long nowMs, long silentMs) {
        boolean any = false;
        for (var first = first(); first != null && first.sinceMs + silentMs <= nowMs; first = first()) {
            any |= accepted(first);
        }
        return any;
    }

    /** When it admits a call as far as time alone decides: now or earlier, or in the future. */
    long opensAt(long nowMs, long silentMs) {
        if (allowed == OPEN) {
            return Times.PAST;
        }
        if (unanswered < allowed) {
            return aloneUntil;
        }
        var first = first();
        return first == null ? nowMs + 1 : Math.max(first.sinceMs + silentMs, nowMs + 1);
    }

    private Step first() {
        while (!steps.isEmpty() && steps.peek().over) {
            steps.poll();
        }
        return steps.peek();
    }

    /** Calls that are on their way have no part in what comes next. */
    private void forgetSteps() {
        steps.forEach(step -> step.over = true);
        steps.clear();
        unanswered = 0;
    }

    private void end(Step step) {
        step.over = true;
        unanswered--;
    }
}
