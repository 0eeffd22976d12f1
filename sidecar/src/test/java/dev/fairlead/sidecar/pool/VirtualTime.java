package dev.fairlead.sidecar.pool;

import java.util.PriorityQueue;

/** A clock that jumps from event to event: a day passes in as long as its events take. Events of one moment keep their order. */
final class VirtualTime {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long sequence;
    private long now;

    private record Event(long at, long sequence, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
        }
    }

    VirtualTime(long startMs) {
        now = startMs;
    }

    long now() {
        return now;
    }

    void at(long atMs, Runnable what) {
        events.add(new Event(Math.max(now, atMs), sequence++, what));
    }

    void after(long ms, Runnable what) {
        at(now + ms, what);
    }

    /** Runs everything until a time. */
    void runUntil(long untilMs) {
        while (!events.isEmpty() && events.peek().at <= untilMs) {
            var event = events.poll();
            now = event.at;
            event.what.run();
        }
        now = untilMs;
    }

    /** Runs everything that is still to come. */
    void runOut() {
        while (!events.isEmpty()) {
            runUntil(events.peek().at);
        }
    }
}
