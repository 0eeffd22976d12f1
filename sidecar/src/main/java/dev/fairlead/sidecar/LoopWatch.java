package dev.fairlead.sidecar;

import dev.fairlead.sidecar.exchange.Loop;
import dev.fairlead.sidecar.telemetry.LoopMetrics;

/** Knows whether a loop still turns, and how late its timers are. */
final class LoopWatch {
    private static final long EVERY_MS = 500;
    private static final long DEAD_MS = 10_000;

    private final Loop loop;
    private final LoopMetrics metrics;
    private final Runnable beat;
    private volatile long lastMs;

    /** @param beat is run on the loop with every turn of the watch */
    LoopWatch(Loop loop, LoopMetrics metrics, Runnable beat) {
        this.loop = loop;
        this.metrics = metrics;
        this.beat = beat;
        this.lastMs = loop.nowMs();
        next();
    }

    private void next() {
        long dueNanos = loop.nanoTime() + EVERY_MS * 1_000_000;
        loop.after(EVERY_MS, () -> {
            lastMs = loop.nowMs();
            metrics.lagged(Math.max(0, loop.nanoTime() - dueNanos) / 1_000);
            beat.run();
            next();
        });
    }

    /** Any thread. */
    boolean alive() {
        return loop.nowMs() - lastMs < DEAD_MS;
    }
}
