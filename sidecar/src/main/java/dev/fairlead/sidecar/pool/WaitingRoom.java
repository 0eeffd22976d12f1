package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Calls that wait for a key, first come first served per model; bounded in count and in the bytes of their bodies. Every
 * waiter is answered by its deadline.
 */
final class WaitingRoom {
    private final Map<String, LinkedHashSet<LeaseRequest>> byModel = new HashMap<>();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
    private int depth;
    private long bytes;

    private record Deadline(long atMs, LeaseRequest request) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            return Long.compare(atMs, other.atMs);
        }
    }

    boolean takes(LeaseRequest request, int maxDepth, long maxBytes) {
        return depth < maxDepth && bytes + request.bytes() <= maxBytes;
    }

    void add(LeaseRequest request) {
        byModel.computeIfAbsent(request.model(), m -> new LinkedHashSet<>()).add(request);
        deadlines.add(new Deadline(request.deadlineMs(), request));
        request.waiting(true);
        depth++;
        bytes += request.bytes();
    }

    /** Takes a waiter out; false when it was not waiting. */
    boolean remove(LeaseRequest request) {
        if (!request.waiting()) {
            return false;
        }
        request.waiting(false);
        depth--;
        bytes -= request.bytes();
        var queue = byModel.get(request.model());
        queue.remove(request);
        if (queue.isEmpty()) {
            byModel.remove(request.model());
        }
        if (depth == 0) {
            deadlines.clear();
        }
        return true;
    }

    /** The models that somebody waits for; a copy, as serving changes the room. */
    List<String> models() {
        return depth == 0 ? List.of() : new ArrayList<>(byModel.keySet());
    }

    /** Who has waited longest for a model, or {@code null}. */
    LeaseRequest first(String model) {
        var queue = byModel.get(model);
        return queue == null ? null : queue.iterator().next();
    }

    /** Those who wait for a model, in order of arrival. */
    Collection<LeaseRequest> waitersFor(String model) {
        var queue = byModel.get(model);
        return queue == null ? List.of() : queue;
    }

    /** Takes out and returns the next waiter whose deadline has passed, or {@code null}. */
    LeaseRequest expired(long nowMs) {
        for (Deadline next = deadlines.peek(); next != null; next = deadlines.peek()) {
            boolean stale = !next.request.waiting() || next.request.deadlineMs() != next.atMs;
            if (!stale && next.atMs > nowMs) {
                return null;
            }
            deadlines.poll();
            if (!stale && remove(next.request)) {
                return next.request;
            }
        }
        return null;
    }

    long nextDeadline() {
        var next = deadlines.peek();
        return next == null ? Long.MAX_VALUE : next.atMs;
    }

    int depth() {
        return depth;
    }
}
