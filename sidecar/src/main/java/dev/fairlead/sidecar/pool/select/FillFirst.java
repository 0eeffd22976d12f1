package dev.fairlead.sidecar.pool.select;

/** The first of the pool's list that can take the call: what is prepaid is used up before what is not. */
final class FillFirst implements SelectionStrategy {
    @Override
    public int choose(Candidate[] ready, int count, long affinity, long nowMs) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (ready[i].order() < ready[best].order()) {
                best = i;
            }
        }
        return best;
    }
}
