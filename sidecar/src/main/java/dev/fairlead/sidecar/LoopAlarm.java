package dev.fairlead.sidecar;

import dev.fairlead.sidecar.exchange.Loop;
import dev.fairlead.sidecar.pool.Alarm;
import java.util.function.LongConsumer;

/** A pool's alarm on its home loop: at most one timer that counts, the earliest. */
public final class LoopAlarm implements Alarm {
    private final Loop loop;
    private final LongConsumer ring;
    private long nextMs = Long.MAX_VALUE;

    public LoopAlarm(Loop loop, LongConsumer ring) {
        this.loop = loop;
        this.ring = ring;
    }

    @Override
    public void ringAt(long atMs) {
        if (atMs < nextMs) {
            nextMs = atMs;
            loop.after(Math.max(0, atMs - loop.nowMs()), this::rang);
        }
    }

    private void rang() {
        long now = loop.nowMs();
        if (now >= nextMs) { // Otherwise an earlier alarm has replaced this one, and its own timer will come.
            nextMs = Long.MAX_VALUE;
            ring.accept(now);
        }
    }
}
