package dev.fairlead.sidecar.pool.select;

import java.util.Arrays;
import java.util.Set;

/** A candidate that a test sets to anything. */
final class TestCandidate implements Candidate {
    final String name;
    final int order;
    private final long nameHash;
    int weight = 1;
    int inFlight;
    double headroom = 1;
    double latencyMs;
    double reliability = 1;
    int granted;
    /** How often anything of it was looked at. */
    int looks;

    private double turn;
    private int place = -1;
    private TestCandidate[] siblings = {this};
    private SelectionStrategy<TestCandidate> standsWith;
    private int toldInFlight;

    TestCandidate(String name, int order) {
        this.name = name;
        this.order = order;
        this.nameHash = NameHash.of(name);
    }

    /** As many as asked for, named {@code a0}, {@code a1} and so on. */
    static TestCandidate[] many(int count) {
        var all = new TestCandidate[count];
        for (int i = 0; i < count; i++) {
            all[i] = new TestCandidate("a" + i, i);
            all[i].siblings = all;
        }
        return all;
    }

    /** One call for one of them, which ends at once; the others do not stand ready. */
    static TestCandidate call(SelectionStrategy<TestCandidate> strategy, TestCandidate[] ready, long affinity) {
        stand(strategy, ready);
        var chosen = strategy.choose(affinity, 0);
        strategy.granted(chosen);
        chosen.granted++;
        return chosen;
    }

    /** Brings the strategy to know who is ready and how many calls each has on its way. */
    static void stand(SelectionStrategy<TestCandidate> strategy, TestCandidate... ready) {
        var siblings = ready[0].siblings;
        if (ready.length < siblings.length) {
            var wanted = Set.of(ready);
            Arrays.stream(siblings).filter(one -> !wanted.contains(one)).forEach(one -> one.stand(null));
        }
        for (var one : ready) {
            one.stand(strategy);
        }
    }

    private void stand(SelectionStrategy<TestCandidate> strategy) {
        if (standsWith != null && standsWith != strategy) {
            tellInFlight();
            standsWith.leave(this);
            standsWith = null;
        }
        if (strategy != null && standsWith == null) {
            toldInFlight = inFlight;
            standsWith = strategy;
            strategy.enter(this);
        } else if (strategy != null) {
            tellInFlight();
        }
    }

    private void tellInFlight() {
        if (inFlight != toldInFlight) {
            standsWith.onTheirWay(inFlight - toldInFlight);
            toldInFlight = inFlight;
        }
    }

    TestCandidate weight(int newWeight) {
        weight = newWeight;
        return this;
    }

    @Override
    public int weight() {
        looks++;
        return weight;
    }

    @Override
    public int inFlight() {
        looks++;
        return inFlight;
    }

    @Override
    public double headroom(long nowMs) {
        looks++;
        return headroom;
    }

    @Override
    public double latencyMs() {
        looks++;
        return latencyMs;
    }

    @Override
    public double latencyMs(long nowMs) {
        looks++;
        return latencyMs;
    }

    @Override
    public double reliability(long nowMs) {
        looks++;
        return reliability;
    }

    @Override
    public int order() {
        looks++;
        return order;
    }

    @Override
    public long nameHash() {
        looks++;
        return nameHash;
    }

    @Override
    public double turn() {
        looks++;
        return turn;
    }

    @Override
    public void turn(double newTurn) {
        turn = newTurn;
    }

    @Override
    public int place() {
        looks++;
        return place;
    }

    @Override
    public void place(int newPlace) {
        place = newPlace;
    }

    @Override
    public String toString() {
        return name;
    }
}
