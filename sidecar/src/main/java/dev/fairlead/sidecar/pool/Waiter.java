package dev.fairlead.sidecar.pool;

/** One stay of a request in the waiting room. What has left stays in queues for a while, without what it holds. */
final class Waiter {
    private final Board board;
    private final long sinceMs;
    private final long deadlineMs;
    private final long predictedMs;
    private final double cost;
    private final int level;
    private final long agesFromMs;
    private LeaseRequest request;
    /** The line of its tenant in which it stands. */
    FairLevel.Flow flow;
    /** Whose turn it had, once it had one. */
    FairLevel.Flow payer;
    /** Whether that was before others, since its class had waited long. */
    boolean wentBefore;
    /** Where it stands. */
    FairQueue queue;
    /** The seat that is kept for it. */
    Seat promised;

    Waiter(LeaseRequest request, Board board, long nowMs, long deadlineMs, long predictedMs) {
        this.request = request;
        this.board = board;
        this.sinceMs = nowMs;
        this.deadlineMs = deadlineMs;
        this.predictedMs = predictedMs;
        this.cost = request.cost();
        this.level = request.level();
        this.agesFromMs = request.firstAskedMs();
    }

    /** {@code null} once it has left. */
    LeaseRequest request() {
        return request;
    }

    boolean live() {
        return request != null;
    }

    void leave() {
        request = null;
    }

    Board board() {
        return board;
    }

    long sinceMs() {
        return sinceMs;
    }

    long deadlineMs() {
        return deadlineMs;
    }

    /** How long the wait was expected to be when it began. */
    long predictedMs() {
        return predictedMs;
    }

    /** Its class. */
    int level() {
        return level;
    }

    /** Since when its caller waits, a turn that the provider did not take included. */
    long agesFromMs() {
        return agesFromMs;
    }

    double cost() {
        return cost;
    }
}
