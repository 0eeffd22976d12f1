package dev.fairlead.sidecar.pool.select;

/** One after the other, whatever their weights: whose last turn is longest ago. */
final class RoundRobin implements SelectionStrategy {
    private long turns;

    @Override
    public int choose(Candidate[] ready, int count, long affinity, long nowMs) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (before(ready[i], ready[best])) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public void granted(Candidate candidate) {
        candidate.turn(++turns);
    }

    private static boolean before(Candidate one, Candidate other) {
        return one.turn() < other.turn() || (one.turn() == other.turn() && one.order() < other.order());
    }
}
