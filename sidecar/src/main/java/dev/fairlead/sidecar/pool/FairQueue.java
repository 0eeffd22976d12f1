package dev.fairlead.sidecar.pool;

/**
 * Those who wait at a board and may use the same seats. Higher classes go first; who has waited for {@value #AGE_MS} ms moves
 * up a class, so nobody starves.
 */
final class FairQueue {
    private static final long AGE_MS = 10_000;

    private final String signature;
    private final String pinnedGroup;
    private final FairLevel[] levels = {new FairLevel(0), new FairLevel(1), new FairLevel(2)};
    private int waiting;
    /** Its turn among the queues of its board, and the search in which its head found no seat. */
    double start;

    long blockedIn;

    FairQueue(String signature, String pinnedGroup) {
        this.signature = signature;
        this.pinnedGroup = pinnedGroup;
    }

    String signature() {
        return signature;
    }

    String pinnedGroup() {
        return pinnedGroup;
    }

    int waiting() {
        return waiting;
    }

    void add(Waiter waiter) {
        levels[waiter.level].add(waiter);
        waiting++;
    }

    Waiter head(long nowMs) {
        for (int level = 1; level < levels.length; level++) {
            promote(levels[level], levels[level - 1], nowMs);
        }
        for (var level : levels) {
            var head = level.head();
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    private static void promote(FairLevel from, FairLevel to, long nowMs) {
        if (from.waiting() == 0) {
            return;
        }
        for (var aged = from.agedSince(nowMs - AGE_MS); aged != null; aged = from.agedSince(nowMs - AGE_MS)) {
            from.forget(aged);
            aged.levelSinceMs = nowMs;
            to.add(aged);
        }
    }

    void served(Waiter head) {
        levels[head.level].served(head);
        waiting--;
    }

    void forget(Waiter waiter) {
        levels[waiter.level].forget(waiter);
        waiting--;
    }

    boolean anyUpTo(int level) {
        for (int i = 0; i <= level; i++) {
            if (levels[i].waiting() > 0) {
                return true;
            }
        }
        return false;
    }

    /** How many of those who wait now would go before this one. */
    int before(LeaseRequest request) {
        int level = request.level();
        int before = levels[level].before(request);
        for (int higher = 0; higher < level; higher++) {
            before += levels[higher].waiting();
        }
        return before;
    }
}
