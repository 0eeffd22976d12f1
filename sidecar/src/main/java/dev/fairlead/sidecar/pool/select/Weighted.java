package dev.fairlead.sidecar.pool.select;

/**
 * Exact proportions, evenly spread: nobody is ever more than one call ahead of its share or behind it (worst-case fair weighted
 * fair queueing, Bennett and Zhang 1996). A candidate's turn moves on by the inverse of its weight with each call; of those that
 * are not ahead of their share, the one whose next call would be over first is taken. Who has rested goes on from where the
 * others are now: what it has missed is not made up for in a burst.
 */
final class Weighted implements SelectionStrategy {
    /** Sums of inverses are not exact. */
    private static final double ROUNDING = 1e-9;

    /** Where a candidate would be that had exactly its share. */
    private double share;
    /** Weight of all that could be chosen last. */
    private long weight;
    /** Whose turn it was when somebody last asked. */
    private Candidate next;

    @Override
    public int choose(Candidate[] ready, int count, long affinity, long nowMs) {
        long sum = 0;
        double hindmost = Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            sum += ready[i].weight();
            hindmost = Math.min(hindmost, start(ready[i]));
        }
        weight = sum;
        share = Math.max(share, hindmost);
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            double start = start(ready[i]);
            double finish = start + 1.0 / ready[i].weight();
            boolean sooner = finish < least || (finish == least && ready[i].order() < ready[best].order());
            if (sooner && start <= share + ROUNDING) {
                best = i;
                least = finish;
            }
        }
        next = ready[best];
        return best;
    }

    @Override
    public void granted(Candidate candidate) {
        double start = start(candidate);
        if (candidate == next) {
            share += 1.0 / weight;
            next = null;
        } // Otherwise affinity has taken it out of its turn: the others make up for that first.
        candidate.turn(start + 1.0 / candidate.weight());
    }

    /** As far back as one call behind its share, which is as far as one comes that never rests. */
    private double start(Candidate candidate) {
        return Math.max(candidate.turn(), share - 1.0 / candidate.weight());
    }
}
