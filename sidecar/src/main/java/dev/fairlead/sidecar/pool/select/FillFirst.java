package dev.fairlead.sidecar.pool.select;

/** The first of the pool's list that can take the call: what is prepaid is used up before what is not. */
final class FillFirst<C extends Candidate> implements SelectionStrategy<C> {
    private final CandidateHeap<C> byOrder = new CandidateHeap<>((one, other) -> one.order() < other.order());

    @Override
    public void enter(C candidate) {
        byOrder.add(candidate);
    }

    @Override
    public void leave(C candidate) {
        byOrder.remove(candidate);
    }

    @Override
    public C choose(long affinity, long nowMs) {
        return byOrder.top();
    }
}
