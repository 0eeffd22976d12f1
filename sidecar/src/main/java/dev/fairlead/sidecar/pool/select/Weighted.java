package dev.fairlead.sidecar.pool.select;

/**
 * Exact proportions, evenly spread: nobody is ever more than one call ahead of its share or behind it (worst-case fair weighted
 * fair queueing, Bennett and Zhang 1996). A candidate's turn moves on by the inverse of its weight with each call; of those that
 * are not ahead of their share, the one whose next call would be over first is taken. Who has rested goes on from where the
 * others are now: what it has missed is not made up for in a burst.
 */
final class Weighted<C extends Candidate> implements SelectionStrategy<C> {
    /** Sums of inverses are not exact. */
    private static final double ROUNDING = 1e-9;

    /** Those that are not ahead of their share. */
    private final CandidateHeap<C> due = new CandidateHeap<>(Weighted::overFirst);

    private final CandidateHeap<C> ahead = new CandidateHeap<>((one, other) -> one.turn() < other.turn());
    /** Where a candidate would be that had exactly its share. */
    private double share;
    /** Of all that stand here. */
    private long weight;
    /** Whose turn it was when somebody last asked. */
    private C next;

    @Override
    public void enter(C candidate) {
        weight += candidate.weight();
        candidate.turn(start(candidate));
        stand(candidate);
    }

    @Override
    public void leave(C candidate) {
        weight -= candidate.weight();
        heapOf(candidate).remove(candidate);
    }

    @Override
    public C choose(long affinity, long nowMs) {
        if (due.size() == 0 && ahead.size() > 0) {
            share = Math.max(share, ahead.top().turn());
        }
        while (ahead.size() > 0 && isDue(ahead.top())) {
            var top = ahead.top();
            ahead.remove(top);
            due.add(top);
        }
        next = due.top();
        return next;
    }

    @Override
    public void granted(C candidate) {
        heapOf(candidate).remove(candidate);
        double start = start(candidate);
        if (candidate == next) {
            share += 1.0 / weight;
            next = null;
        } // Otherwise affinity has taken it out of its turn: the others make up for that first.
        candidate.turn(start + 1.0 / candidate.weight());
        stand(candidate);
    }

    private void stand(C candidate) {
        (isDue(candidate) ? due : ahead).add(candidate);
    }

    private CandidateHeap<C> heapOf(C candidate) {
        return due.holds(candidate) ? due : ahead;
    }

    private boolean isDue(C candidate) {
        return candidate.turn() <= share + ROUNDING;
    }

    /** As far back as one call behind its share, which is as far as one comes that never rests. */
    private double start(C candidate) {
        return Math.max(candidate.turn(), share - 1.0 / candidate.weight());
    }

    private static boolean overFirst(Candidate one, Candidate other) {
        double first = one.turn() + 1.0 / one.weight();
        double second = other.turn() + 1.0 / other.weight();
        return first < second || (first == second && one.order() < other.order());
    }
}
