package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Those who wait at one board: a queue for each set of seats that a waiter may use. Most stand in one queue; calls that are
 * pinned to an account, or have failed at one, stand in others and take turns with it by cost.
 */
final class BoardQueues {
    private final Map<String, FairQueue> bySignature = new HashMap<>(2);
    private final List<FairQueue> queues = new ArrayList<>(1);
    private double virtual;
    private long search;
    private int waiting;

    int waiting() {
        return waiting;
    }

    /** Whether somebody waits who may use the same seats and is not less urgent. */
    boolean anyBefore(LeaseRequest request) {
        var own = waiting == 0 ? null : bySignature.get(request.signature());
        return own != null && own.anyUpTo(request.level());
    }

    private FairQueue queueOf(LeaseRequest request) {
        var signature = request.signature();
        var queue = bySignature.get(signature);
        if (queue == null) {
            queue = new FairQueue(signature, request.pinnedGroup());
            queue.start = virtual;
            bySignature.put(signature, queue);
            queues.add(queue);
        }
        return queue;
    }

    void add(Waiter waiter) {
        waiter.queue = queueOf(waiter.request());
        waiter.queue.add(waiter);
        waiting++;
    }

    /** Every queue may be offered seats again. */
    void search() {
        search++;
    }

    /** Whose turn it is among all queues that have not been found blocked in this search; {@code null} for nobody. */
    Waiter next(long nowMs) {
        Waiter best = null;
        for (int i = 0; i < queues.size(); i++) {
            var queue = queues.get(i);
            var head = queue.blockedIn == search ? null : queue.head(nowMs);
            if (head != null
                    && (best == null
                            || head.level < best.level
                            || (head.level == best.level && queue.start < best.queue.start))) {
                best = head;
            }
        }
        return best;
    }

    /** There is no seat for this waiter at the moment, so for nobody behind it either. */
    void blocked(Waiter waiter) {
        waiter.queue.blockedIn = search;
    }

    void served(Waiter waiter) {
        var queue = waiter.queue;
        virtual = Math.max(virtual, queue.start);
        queue.start += waiter.cost();
        queue.served(waiter);
        left(queue);
    }

    void forget(Waiter waiter) {
        waiter.queue.forget(waiter);
        left(waiter.queue);
    }

    private void left(FairQueue queue) {
        waiting--;
        if (queue.waiting() == 0) {
            bySignature.remove(queue.signature());
            queues.remove(queue);
        }
        if (waiting == 0) {
            virtual = 0;
        }
    }

    /** How many of those who wait now would go before this one. */
    int before(LeaseRequest request) {
        if (waiting == 0) {
            return 0;
        }
        var own = bySignature.get(request.signature());
        int before = own == null ? 0 : own.before(request);
        int others = 0;
        for (int i = 0; i < queues.size(); i++) {
            var queue = queues.get(i);
            boolean elsewhere =
                    queue.pinnedGroup() != null && !queue.pinnedGroup().equals(request.pinnedGroup());
            if (queue != own && !elsewhere) {
                others += queue.before(request);
            }
        }
        return before + Math.min(others, before + 1); // Queues take turns.
    }

    /** The head of a queue that is like this: all who stand in one may use the same seats; {@code null} for none. */
    Waiter first(Predicate<Waiter> like, long nowMs) {
        for (int i = 0; i < queues.size(); i++) {
            var head = queues.get(i).head(nowMs);
            if (head != null && like.test(head)) {
                return head;
            }
        }
        return null;
    }

    /** Anybody; {@code null} when nobody waits. */
    Waiter any(long nowMs) {
        return queues.isEmpty() ? null : queues.get(0).head(nowMs);
    }
}
