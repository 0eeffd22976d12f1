package dev.fairlead.sidecar.pool.select;

/** A candidate that a test sets to anything. */
final class TestCandidate implements Candidate {
    final String name;
    final int order;
    int weight = 1;
    int inFlight;
    double headroom = 1;
    double latencyMs;
    int granted;
    private double turn;

    TestCandidate(String name, int order) {
        this.name = name;
        this.order = order;
    }

    /** As many as asked for, named {@code a0}, {@code a1} and so on. */
    static TestCandidate[] many(int count) {
        var all = new TestCandidate[count];
        for (int i = 0; i < count; i++) {
            all[i] = new TestCandidate("a" + i, i);
        }
        return all;
    }

    /** One call for one of them, which ends at once. */
    static TestCandidate call(SelectionStrategy strategy, TestCandidate[] ready, long affinity) {
        var chosen = ready[strategy.choose(ready, ready.length, affinity, 0)];
        strategy.granted(chosen);
        chosen.granted++;
        return chosen;
    }

    TestCandidate weight(int newWeight) {
        weight = newWeight;
        return this;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public double headroom(long nowMs) {
        return headroom;
    }

    @Override
    public double latencyMs() {
        return latencyMs;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public long nameHash() {
        return NameHash.of(name);
    }

    @Override
    public double turn() {
        return turn;
    }

    @Override
    public void turn(double newTurn) {
        turn = newTurn;
    }

    @Override
    public String toString() {
        return name;
    }
}
