package dev.fairlead.sidecar.pool.select;

/**
 * Keeps calls of one conversation, or with one beginning, at one candidate, where the provider's cache of their prompt is:
 * rendezvous hashing in proportion to weights, so that who leaves moves only what was with it, and who rests gets back what was
 * with it. Bounded load: a candidate with more than {@value #OVER_MEAN} times its part of the calls on their way is passed over
 * for the next in the conversation's own order. A slow one has more on their way and sheds sooner.
 */
final class Affinity implements SelectionStrategy {
    private static final double OVER_MEAN = 1.25;

    /** So few calls on their way are no load, whatever the mean. */
    private static final int NO_LOAD = 4;

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final SelectionStrategy otherwise;

    /** @param otherwise for calls without affinity */
    Affinity(SelectionStrategy otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    public int choose(Candidate[] ready, int count, long affinity, long nowMs) {
        if (affinity == 0) {
            return otherwise.choose(ready, count, 0, nowMs);
        }
        long mixed = NameHash.mix(affinity);
        int home = first(ready, count, mixed, Double.MAX_VALUE);
        if (ready[home].inFlight() < NO_LOAD) {
            return home;
        }
        return first(ready, count, mixed, boundPerWeight(ready, count));
    }

    @Override
    public void granted(Candidate candidate) {
        otherwise.granted(candidate);
    }

    /** With the call that is to go out, how many may be on their way for each unit of weight. */
    private static double boundPerWeight(Candidate[] ready, int count) {
        long inFlight = 1;
        long weight = 0;
        for (int i = 0; i < count; i++) {
            inFlight += ready[i].inFlight();
            weight += ready[i].weight();
        }
        return OVER_MEAN * inFlight / weight;
    }

    /** The first in the order of this number that is not over the bound; at least one of all is below their mean. */
    private static int first(Candidate[] ready, int count, long mixed, double boundPerWeight) {
        int best = -1;
        long most = 0;
        for (int i = 0; i < count; i++) {
            // Both numbers are mixed well already, so a short mix will do: this is done for each candidate of each
            // call.
            long hash = (mixed ^ ready[i].nameHash()) * MIX;
            hash ^= hash >>> 32;
            if ((best < 0 || before(hash, ready[i], most, ready[best])) && admits(ready[i], boundPerWeight)) {
                best = i;
                most = hash;
            }
        }
        return best;
    }

    private static boolean admits(Candidate candidate, double boundPerWeight) {
        int inFlight = candidate.inFlight();
        return inFlight < NO_LOAD || inFlight < Math.ceil(boundPerWeight * candidate.weight());
    }

    /** By number where weights are equal, by logarithm where they are not: both give one order. */
    private static boolean before(long hash, Candidate candidate, long bestHash, Candidate best) {
        if (candidate.weight() == best.weight()) {
            return Long.compareUnsigned(hash, bestHash) > 0;
        }
        return distance(hash, candidate.weight()) < distance(bestHash, best.weight());
    }

    /** Exponentially distributed with the weight as its rate: the least of several falls to each in proportion. */
    private static double distance(long hash, int weight) {
        double uniform = ((hash >>> 11) + 0.5) * 0x1p-53;
        return -Math.log(uniform) / weight;
    }
}
