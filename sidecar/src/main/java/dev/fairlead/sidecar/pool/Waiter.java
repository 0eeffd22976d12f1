package dev.fairlead.sidecar.pool;

/** One stay of a request in the waiting room. What has left stays in queues for a while, without what it holds. */
final class Waiter {
    private final Board board;
    private final long sinceMs;
    private final long deadlineMs;
    private final long predictedMs;
    private final double cost;
    private LeaseRequest request;
    /** Its class now: the urgency it came with, or a higher one by age. */
    int level;

    long levelSinceMs;
    FairLevel.Flow flow;
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
        this.cost = costOf(request.demand());
        this.level = request.level();
        this.levelSinceMs = nowMs;
    }

    /** Tokens, and something for the call itself; what an answer may be at most says little, so it counts only so far. */
    private static double costOf(Demand demand) {
        long output = demand.maxOutputTokens() == Demand.UNSAID ? 512 : Math.min(demand.maxOutputTokens(), 2_048);
        return 100.0 + demand.inputTokens() + output;
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

    double cost() {
        return cost;
    }
}
