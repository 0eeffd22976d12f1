package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.exchange.Loop;
import java.util.PriorityQueue;

/**
 * An event loop whose time stands still while a task runs and jumps to the next task's when it is over. Tasks of one moment
 * run in the order in which they were given. One thread.
 */
public final class VirtualLoop implements Loop {
    /** Not 0, so that "never" and "at the beginning" cannot be taken for one another. */
    private static final long BEGINNING_NANOS = 3_600_000_000_000L;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final long epochAtBeginningMs;
    private long nowNanos = BEGINNING_NANOS;
    private long given;

    /** @param epochMs the wall clock at the beginning, milliseconds since 1970 */
    public VirtualLoop(long epochMs) {
        this.epochAtBeginningMs = epochMs;
    }

    private record Event(long atNanos, long order, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    @Override
    public boolean inside() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        at(nowNanos, task);
    }

    @Override
    public void after(long delayMs, Runnable task) {
        at(nowNanos + Math.max(0, delayMs) * 1_000_000, task);
    }

    /** Runs the task so many microseconds after the beginning, or now if that has passed. */
    public void atMicros(long sinceBeginning, Runnable task) {
        at(Math.max(nowNanos, BEGINNING_NANOS + sinceBeginning * 1_000), task);
    }

    private void at(long nanos, Runnable task) {
        events.add(new Event(nanos, given++, task));
    }

    /** Runs the next task; false when there is none. */
    public boolean step() {
        var next = events.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos;
        next.task.run();
        return true;
    }

    /** Runs every task that is due until so many microseconds after the beginning, and then it is that late. */
    public void runUntilMicros(long sinceBeginning) {
        long until = BEGINNING_NANOS + sinceBeginning * 1_000;
        while (!events.isEmpty() && events.peek().atNanos <= until) {
            step();
        }
        nowNanos = Math.max(nowNanos, until);
    }

    /** Microseconds since the beginning. */
    public long micros() {
        return (nowNanos - BEGINNING_NANOS) / 1_000;
    }

    /** Wall-clock microseconds since 1970. */
    public long epochMicros() {
        return epochAtBeginningMs * 1_000 + micros();
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public long epochMillis() {
        return epochAtBeginningMs + (nowNanos - BEGINNING_NANOS) / 1_000_000;
    }
}
