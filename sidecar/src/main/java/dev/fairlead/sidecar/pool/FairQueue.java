package dev.fairlead.sidecar.pool;

/** Those who wait at a board and may use the same seats, by class. */
final class FairQueue {
    private final String signature;
    private final String pinnedGroup;
    private final FairLevel[] levels = {new FairLevel(), new FairLevel(), new FairLevel()};
    private int waiting;
    /** Its turn among the queues of its board. */
    double start;

    private long blockedIn;
    private int blockedFrom;

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
        levels[waiter.level()].add(waiter);
        waiting++;
    }

    /** Whose turn it is in a class, {@code null} for nobody. */
    Waiter head(int level) {
        return levels[level].head();
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

    /** In this search there is no seat for the head of this class, so for nobody behind it and below it. */
    void blocked(int level, long search) {
        blockedFrom = blockedIn == search ? Math.min(blockedFrom, level) : level;
        blockedIn = search;
    }

    boolean isBlocked(int level, long search) {
        return blockedIn == search && level >= blockedFrom;
    }

    /** Whether somebody of the class has waited since then or longer. */
    boolean aged(int level, long sinceMs) {
        return levels[level].aged(sinceMs);
    }

    void served(Waiter head) {
        levels[head.level()].served(head);
        waiting--;
    }

    void forget(Waiter waiter) {
        levels[waiter.level()].forget(waiter);
        waiting--;
    }

    int waiting(int level) {
        return levels[level].waiting();
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
