package dev.fairlead.sidecar.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * All who wait in a pool, at whichever board: bounded in count and in the bytes of their bodies, each with its deadline. A crowd
 * is one tenant's calls of one class; it takes at most so many times what is still free (dynamic thresholds: Choudhury and
 * Hahne, 1998), so that whoever comes next finds a place, however long the others have been coming.
 */
final class WaitingRoom {
    /** A crowd that is alone fills three quarters. */
    private static final int TIMES_FREE = 3;

    private record Crowd(String tenant, Urgency urgency) {
        static Crowd of(LeaseRequest request) {
            return new Crowd(request.tenant(), request.urgency());
        }
    }

    private record Taken(int depth, long bytes) {
        static final Taken NOTHING = new Taken(0, 0);

        Taken with(LeaseRequest request) {
            return new Taken(depth + 1, bytes + request.bytes());
        }

        Taken without(LeaseRequest request) {
            return depth == 1 ? null : new Taken(depth - 1, bytes - request.bytes());
        }
    }

    private final Map<Crowd, Taken> crowds = new HashMap<>();
    private final PriorityQueue<Waiter> deadlines =
            new PriorityQueue<>((one, other) -> Long.compare(one.deadlineMs(), other.deadlineMs()));
    private int depth;
    private long bytes;

    /** Whether there is a place for this call, with a body of so many bytes. */
    boolean takes(LeaseRequest request, long more, int maxDepth, long maxBytes) {
        int places = maxDepth - depth;
        long bytesLeft = maxBytes - bytes - more;
        if (places <= 0 || bytesLeft < 0) {
            return false;
        }
        var taken = crowds.getOrDefault(Crowd.of(request), Taken.NOTHING);
        return depth == 0 || (taken.depth / TIMES_FREE < places && (taken.bytes + more) / TIMES_FREE <= bytesLeft);
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
        crowds.compute(
                Crowd.of(waiter.request()),
                (crowd, taken) -> (taken == null ? Taken.NOTHING : taken).with(waiter.request()));
    }

    /** It has a seat, has gone, or was refused; returns its request. */
    LeaseRequest leave(Waiter waiter) {
        var request = waiter.request();
        depth--;
        bytes -= request.bytes();
        crowds.computeIfPresent(Crowd.of(request), (crowd, taken) -> taken.without(request));
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
