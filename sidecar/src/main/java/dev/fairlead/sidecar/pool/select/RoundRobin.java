package dev.fairlead.sidecar.pool.select;

/** One after the other, whatever their weights: whose last turn is longest ago. */
final class RoundRobin<C extends Candidate> implements SelectionStrategy<C> {
    private final CandidateHeap<C> byTurn = new CandidateHeap<>(RoundRobin::before);
    private long turns;

    @Override
    public void enter(C candidate) {
        byTurn.add(candidate);
    }

    @Override
    public void leave(C candidate) {
        byTurn.remove(candidate);
    }

    @Override
    public C choose(long affinity, long nowMs) {
        return byTurn.top();
    }

    @Override
    public void granted(C candidate) {
        candidate.turn(++turns);
        byTurn.moved(candidate);
    }

    private static boolean before(Candidate one, Candidate other) {
        return one.turn() < other.turn() || (one.turn() == other.turn() && one.order() < other.order());
    }
}
