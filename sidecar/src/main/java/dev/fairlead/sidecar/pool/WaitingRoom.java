package dev.fairlead.sidecar.pool;

import java.util.PriorityQueue;

/** All who wait in a pool, at whichever board: bounded in count and in the bytes of their bodies, each with its deadline. */
final class WaitingRoom {
    private final PriorityQueue<Waiter> deadlines =
            new PriorityQueue<>((one, other) -> Long.compare(one.deadlineMs(), other.deadlineMs()));
    private int depth;
    private long bytes;

    boolean takes(long more, int maxDepth, long maxBytes) {
        return depth < maxDepth && bytes + more <= maxBytes;
    }

    /** The mean size of the bodies of those who wait; 0 when nobody does. */
    long usualBytes() {
        return depth == 0 ? 0 : bytes / depth;
    }

    void enter(Waiter waiter) {
        waiter.request().waiter(waiter);
        deadlines.add(waiter);
        depth++;
        bytes += waiter.request().bytes();
    }

    /** It has a seat, has gone, or was refused; returns its request. */
    LeaseRequest leave(Waiter waiter) {
        var request = waiter.request();
        depth--;
        bytes -= request.bytes();
        request.waiter(null);
        waiter.leave();
        if (deadlines.size() > 64 && deadlines.size() > 2 * depth) {
            deadlines.removeIf(gone -> !gone.live());
        }
        return request;
    }

    /** Somebody whose deadline has come, {@code null} when there is nobody. */
    Waiter late(long nowMs) {
        var first = first();
        return first != null && first.deadlineMs() <= nowMs ? first : null;
    }

    long nextDeadline() {
        var first = first();
        return first == null ? Long.MAX_VALUE : first.deadlineMs();
    }

    int depth() {
        return depth;
    }

    private Waiter first() {
        while (!deadlines.isEmpty() && !deadlines.peek().live()) {
            deadlines.poll();
        }
        return deadlines.peek();
    }
}
