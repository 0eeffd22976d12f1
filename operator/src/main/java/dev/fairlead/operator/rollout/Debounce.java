package dev.fairlead.operator.rollout;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs an action once for many signals: when it has been quiet for a while, or when the first of them has waited long enough. No
 * signal is lost: one that comes while the action runs makes it run again. Safe on every thread; the action runs on the
 * scheduler's.
 */
final class Debounce {
    private final long quietNanos;
    private final long longestNanos;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService scheduler;
    private final Runnable action;
    private boolean pending;
    private long first;
    private long last;

    /** @param nanoTime as {@link System#nanoTime} */
    Debounce(
            long quietNanos,
            long longestNanos,
            LongSupplier nanoTime,
            ScheduledExecutorService scheduler,
            Runnable action) {
        this.quietNanos = quietNanos;
        this.longestNanos = longestNanos;
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
        this.action = action;
    }

    void signal() {
        synchronized (this) {
            last = nanoTime.getAsLong();
            if (pending) {
                return;
            }
            pending = true;
            first = last;
        }
        wakeIn(quietNanos);
    }

    private void wakeIn(long nanos) {
        try {
            var unused = scheduler.schedule(this::woken, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The end: nobody waits for the action any more.
            synchronized (this) {
                pending = false;
            }
        }
    }

    private void woken() {
        long rest;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            rest = Math.min(last + quietNanos - now, first + longestNanos - now);
            if (rest <= 0) {
                pending = false;
            }
        }
        if (rest > 0) {
            wakeIn(rest);
        } else {
            action.run();
        }
    }
}
