package dev.fairlead.sidecar.pool;

/** Those who wait at a board and may use the same seats: a line for each class. */
final class FairQueue {
    private final String signature;
    private final String pinnedGroup;
    private final FairLevel[] levels = new FairLevel[Urgency.values().length];
    private int waiting;
    /** Nobody who stands here has found a seat; for a pinned one that stays so until its account may have opened. */
    boolean blocked;
    /** Whether the next search of its board offers it a seat again. */
    boolean listed;

    /** @param number tells it from others of its board */
    FairQueue(String signature, String pinnedGroup, long number) {
        this.signature = signature;
        this.pinnedGroup = pinnedGroup;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new FairLevel(number);
        }
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

    FairLevel level(int level) {
        return levels[level];
    }

    void add(Waiter waiter) {
        levels[waiter.level()].add(waiter);
        waiting++;
    }

    /** Whose turn it is, {@code null} for nobody. */
    Waiter head() {
        for (var level : levels) {
            var head = level.head();
            if (head != null) {
                return head;
            }
        }
        return null;
    }

    void served(Waiter head) {
        levels[head.level()].served(head);
        waiting--;
    }

    void forget(Waiter waiter) {
        levels[waiter.level()].forget(waiter);
        waiting--;
    }

    int waitingUpTo(int level) {
        int count = 0;
        for (int i = 0; i <= level; i++) {
            count += levels[i].waiting();
        }
        return count;
    }

    /** How many of those who wait now would go before this one. */
    int before(LeaseRequest request) {
        int level = request.level();
        return levels[level].before(request) + (level == 0 ? 0 : waitingUpTo(level - 1));
    }
}
