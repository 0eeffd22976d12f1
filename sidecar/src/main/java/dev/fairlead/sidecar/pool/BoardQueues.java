package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Those who wait at one board: a queue for each set of seats that a waiter may use. Most stand in one queue; calls that are
 * pinned to an account, or have failed at one, stand in others and take turns with it by cost. Higher classes go first, and
 * leave lower ones what {@link Ageing} says.
 */
final class BoardQueues {
    private static final int LOWEST = Urgency.values().length - 1;

    private final Map<String, FairQueue> bySignature = new HashMap<>(2);
    private final List<FairQueue> queues = new ArrayList<>(1);
    private final Ageing ageing = new Ageing();
    private Waiter earned;
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
        earned = null;
        for (int level = LOWEST; level > 0; level--) {
            if (ageing.due(level) && aged(level, nowMs)) {
                earned = head(level);
                if (earned != null) {
                    return earned;
                }
            }
        }
        for (int level = 0; level <= LOWEST; level++) {
            var head = head(level);
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    private Waiter head(int level) {
        Waiter best = null;
        for (int i = 0; i < queues.size(); i++) {
            var queue = queues.get(i);
            if ((best == null || queue.start < best.queue.start) && !queue.isBlocked(level, search)) {
                var head = queue.head(level);
                best = head == null ? best : head;
            }
        }
        return best;
    }

    /** Whether it is this waiter's turn before those above it: it need not leave anything to them. */
    boolean earned(Waiter waiter) {
        return waiter == earned;
    }

    /** There is no seat for this waiter at the moment, so for nobody behind it either. */
    void blocked(Waiter waiter) {
        waiter.queue.blocked(waiter.level(), search);
    }

    private boolean aged(int level, long nowMs) {
        for (int i = 0; i < queues.size(); i++) {
            if (queues.get(i).aged(level, nowMs - Ageing.AGE_MS)) {
                return true;
            }
        }
        return false;
    }

    /** A call of this class goes, whether it has waited or not. */
    void went(LeaseRequest request) {
        ageing.went(request.level(), request.cost());
    }

    void served(Waiter waiter) {
        var queue = waiter.queue;
        virtual = Math.max(virtual, queue.start);
        queue.start += waiter.cost();
        if (waiter == earned) {
            ageing.spend(waiter.level(), waiter.cost());
            earned = null;
        }
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
    int before(LeaseRequest request, long nowMs) {
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
        before += Math.min(others, before + 1); // Queues take turns.
        return before + Ageing.among(before, agedBelow(request.level(), nowMs));
    }

    private int agedBelow(int level, long nowMs) {
        int aged = 0;
        for (int i = 0; i < queues.size(); i++) {
            for (int lower = level + 1; lower <= LOWEST; lower++) {
                var queue = queues.get(i);
                aged += queue.aged(lower, nowMs - Ageing.AGE_MS) ? queue.waiting(lower) : 0;
            }
        }
        return aged;
    }

    /** The head of a queue that is like this: all who stand in one may use the same seats; {@code null} for none. */
    Waiter first(Predicate<Waiter> like) {
        for (int i = 0; i < queues.size(); i++) {
            var head = queues.get(i).head();
            if (head != null && like.test(head)) {
                return head;
            }
        }
        return null;
    }

    /** Anybody; {@code null} when nobody waits. */
    Waiter any() {
        return queues.isEmpty() ? null : queues.get(0).head();
    }
}
