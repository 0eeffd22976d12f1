package dev.fairlead.sidecar;

import dev.fairlead.sidecar.exchange.Loop;
import dev.fairlead.sidecar.telemetry.LoopMetrics;

/** Knows whether a loop still turns, and how late its timers are. */
final class LoopWatch {
    private static final long EVERY_MS = 500;
    private static final long DEAD_MS = 10_000;

    private final Loop loop;
    private final LoopMetrics metrics;
    private volatile long lastMs;

    LoopWatch(Loop loop, LoopMetrics metrics) {
        this.loop = loop;
        this.metrics = metrics;
        this.lastMs = loop.nowMs();
        next();
    }

    private void next() {
        long dueNanos = loop.nanoTime() + EVERY_MS * 1_000_000;
        loop.after(EVERY_MS, () -> {
            lastMs = loop.nowMs();
            metrics.lagged(Math.max(0, loop.nanoTime() - dueNanos) / 1_000);
            next();
        });
    }

    /** Any thread. */
    boolean alive() {
        return loop.nowMs() - lastMs < DEAD_MS;
    }
}
