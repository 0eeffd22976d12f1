package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.exchange.Loop;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop whose time a test moves. */
final class ManualLoop implements Loop {
    private record Due(long atMs, long order, Runnable task) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::order));
    private long nowMs;
    private long order;

    @Override
    public boolean inside() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        after(0, task);
    }

    @Override
    public void after(long delayMs, Runnable task) {
        queue.add(new Due(nowMs + delayMs, order++, task));
    }

    @Override
    public long nanoTime() {
        return nowMs * 1_000_000;
    }

    @Override
    public long epochMillis() {
        return nowMs;
    }

    /** Runs everything that is due until then, in order. */
    void advance(long ms) {
        long end = nowMs + ms;
        while (!queue.isEmpty() && queue.peek().atMs() <= end) {
            var due = queue.poll();
            nowMs = Math.max(nowMs, due.atMs());
            due.task().run();
        }
        nowMs = end;
    }
}
