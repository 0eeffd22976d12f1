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
 *
 * <p>What is pinned to an account and has found it closed is not looked at before something happens there, so a thousand such
 * queues cost nothing.
 */
final class BoardQueues {
    private static final int CLASSES = Urgency.values().length;

    private final Map<String, FairQueue> bySignature = new HashMap<>(2);
    private final Map<String, FairQueue> byGroup = new HashMap<>(2);
    private final Turns[] turns = new Turns[CLASSES];
    private final List<FairQueue> blocked = new ArrayList<>(1);
    private final Ageing ageing = new Ageing();
    private Waiter earned;
    private long numbers;
    private int waiting;

    BoardQueues() {
        for (int i = 0; i < CLASSES; i++) {
            turns[i] = new Turns();
        }
    }

    int waiting() {
        return waiting;
    }

    /** Whether somebody waits who may use the same seats and is not less urgent. */
    boolean anyBefore(LeaseRequest request) {
        var own = waiting == 0 ? null : bySignature.get(request.signature());
        return own != null && own.waitingUpTo(request.level()) > 0;
    }

    private FairQueue queueOf(LeaseRequest request) {
        var signature = request.signature();
        var queue = bySignature.get(signature);
        if (queue == null) {
            queue = new FairQueue(signature, request.pinnedGroup(), numbers++);
            bySignature.put(signature, queue);
            if (queue.pinnedGroup() != null) {
                byGroup.putIfAbsent(queue.pinnedGroup(), queue);
            }
        }
        return queue;
    }

    void add(Waiter waiter) {
        var queue = queueOf(waiter.request());
        waiter.queue = queue;
        queue.add(waiter);
        waiting++;
        turns[waiter.level()].came(waiter, queue.level(waiter.level()));
        offer(queue); // Whoever is the head now may find what the one before did not.
    }

    /** A search begins: queues may be offered seats again, but for those that are pinned where nothing has happened. */
    void search() {
        for (int i = 0; i < blocked.size(); i++) {
            blocked.get(i).listed = false;
            offer(blocked.get(i));
        }
        blocked.clear();
    }

    /** Something has happened at this account: who is pinned to it may find a seat. */
    void opened(String group) {
        var queue = byGroup.isEmpty() ? null : byGroup.get(group);
        if (queue != null && queue.blocked) {
            offer(queue);
        }
    }

    /** Something has happened that may concern everybody. */
    void opened() {
        byGroup.values().forEach(this::offer);
    }

    private void offer(FairQueue queue) {
        queue.blocked = false;
        for (int level = 0; level < CLASSES; level++) {
            turns[level].offer(queue.level(level));
        }
    }

    /** Whose turn it is among all queues that have not been found blocked; {@code null} for nobody. */
    Waiter next(long nowMs) {
        earned = null;
        for (int level = CLASSES - 1; level > 0; level--) {
            if (earns(level, nowMs)) {
                earned = turns[level].head();
                if (earned != null) {
                    return earned;
                }
            }
        }
        for (var ofClass : turns) {
            var head = ofClass.head();
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    /** Whether it is this class's turn before those above it. */
    boolean earns(Urgency urgency, long nowMs) {
        return earns(urgency.level(), nowMs);
    }

    private boolean earns(int level, long nowMs) {
        return ageing.due(level) && turns[level].aged(nowMs - Ageing.AGE_MS);
    }

    /** Whether it is this waiter's turn before those above it: it need not leave anything to them. */
    boolean earned(Waiter waiter) {
        return waiter == earned;
    }

    /** There is no seat for this waiter at the moment, so for nobody behind it and below it either. */
    void blocked(Waiter waiter) {
        var queue = waiter.queue;
        for (int level = waiter.level(); level < CLASSES; level++) {
            turns[level].block(queue.level(level));
        }
        queue.blocked = true;
        if (!queue.listed && (queue.pinnedGroup() == null || byGroup.get(queue.pinnedGroup()) != queue)) {
            queue.listed = true;
            blocked.add(queue);
        }
    }

    /** A call of this class goes, whether it has waited or not. */
    void went(LeaseRequest request) {
        ageing.went(request.level(), request.cost());
    }

    void served(Waiter waiter) {
        waiter.wentBefore = waiter == earned;
        if (waiter.wentBefore) {
            ageing.spend(waiter.level(), waiter.cost());
            earned = null;
        }
        var queue = waiter.queue;
        queue.served(waiter);
        turns[waiter.level()].served(queue.level(waiter.level()), waiter.cost());
        left(waiter);
    }

    /** It has had its turn, and gets nothing by it: its tenant has it back, and its class. */
    void refund(Waiter waiter) {
        waiter.payer.correct(-waiter.cost());
        if (waiter.wentBefore) {
            ageing.refund(waiter.level(), waiter.cost());
        }
    }

    /** Whether it is the first of its line: who stands behind it is not looked at before it. */
    boolean isFirst(Waiter waiter) {
        return waiter.queue.level(waiter.level()).head() == waiter;
    }

    void forget(Waiter waiter) {
        waiter.queue.forget(waiter);
        offer(waiter.queue);
        left(waiter);
    }

    private void left(Waiter waiter) {
        var queue = waiter.queue;
        waiting--;
        turns[waiter.level()].left(waiter, queue.level(waiter.level()));
        if (queue.waiting() == 0) {
            bySignature.remove(queue.signature());
            if (queue.pinnedGroup() != null) {
                byGroup.remove(queue.pinnedGroup(), queue);
            }
        }
    }

    /** How many of those who wait now would go before this one. */
    int before(LeaseRequest request, long nowMs) {
        if (waiting == 0) {
            return 0;
        }
        boolean pinned = request.pinnedGroup() != null;
        var own = bySignature.get(request.signature());
        int before = own == null ? 0 : own.before(request);
        int others = own == null || pinned ? 0 : -own.waitingUpTo(request.level());
        int aged = 0;
        for (int level = 0; level < CLASSES; level++) {
            var ofClass = turns[level];
            if (level <= request.level()) {
                others += pinned ? ofClass.free() : ofClass.waiting();
            } else if (ofClass.aged(nowMs - Ageing.AGE_MS)) {
                aged += ofClass.waiting();
            }
        }
        before += Math.min(others, before + 1); // Queues take turns.
        return before + Ageing.among(before, aged);
    }

    /** Queues whose heads are like this: all who stand in one may use the same seats. */
    List<FairQueue> where(Predicate<Waiter> like) {
        return bySignature.values().stream()
                .filter(queue -> like.test(queue.head()))
                .toList();
    }

    /** Anybody; {@code null} when nobody waits. */
    Waiter any() {
        return waiting == 0 ? null : bySignature.values().iterator().next().head();
    }
}
