package dev.fairlead.sidecar.pool.select;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps calls of one conversation, or with one beginning, at one candidate, where the provider's cache of their prompt is:
 * rendezvous hashing in proportion to weights, so that who rests moves only what was with it, and gets it back on return.
 * Bounded load: a candidate with more than {@value #OVER_MEAN} times its part of the calls on their way is passed over for the
 * next in the conversation's own order. A slow one has more on their way and sheds sooner.
 *
 * <p>More than {@value #FEW} stand in clusters, of which the conversation has an order, too: by the weight of all that belong
 * there, whether they rest or not.
 */
final class Affinity<C extends Candidate> implements SelectionStrategy<C> {
    /** So many stand in one cluster. */
    static final int FEW = 64;

    private static final int CLUSTERS = 16;

    /** After so many clusters without room any room will do: a fifth of all have some, however uneven the load. */
    private static final int TRIES = 3;

    private static final double OVER_MEAN = 1.25;

    private final SelectionStrategy<C> otherwise;
    private final List<Cluster<C>> clusters = new ArrayList<>(1);
    private int known;
    private long inFlight;
    private long weight;

    /** @param otherwise for calls without affinity */
    Affinity(SelectionStrategy<C> otherwise) {
        this.otherwise = otherwise;
        clusters.add(new Cluster<>(0));
    }

    @Override
    public void enter(C candidate) {
        otherwise.enter(candidate);
        inFlight += candidate.inFlight();
        weight += candidate.weight();
        if (clusterOf(candidate).enter(candidate)) {
            known++;
            if (known == FEW + 1) {
                split();
            }
        }
    }

    @Override
    public void leave(C candidate) {
        otherwise.leave(candidate);
        inFlight -= candidate.inFlight();
        weight -= candidate.weight();
        clusterOf(candidate).leave(candidate);
    }

    @Override
    public C choose(long affinity, long nowMs) {
        if (affinity == 0 || weight == 0) {
            return otherwise.choose(0, nowMs);
        }
        long mixed = NameHash.mix(affinity);
        // With the call that is to go out, how many may be on their way for each unit of weight.
        double bound = OVER_MEAN * (inFlight + 1) / weight;
        int untried = (1 << clusters.size()) - 1;
        for (int i = 0; i < TRIES && untried != 0; i++) {
            int nearest = nearest(mixed, untried);
            var chosen = clusters.get(nearest).nearest(mixed, bound);
            if (chosen != null) {
                return chosen;
            }
            untried &= ~(1 << nearest);
        }
        return any(mixed, untried, bound, nowMs);
    }

    @Override
    public void granted(C candidate) {
        otherwise.granted(candidate);
    }

    @Override
    public void onTheirWay(int more) {
        inFlight += more;
        otherwise.onTheirWay(more);
    }

    /** Which of these clusters is first in the order of this number; those in which nobody is ready come last. */
    private int nearest(long mixed, int untried) {
        int best = Integer.numberOfTrailingZeros(untried);
        double least = Double.POSITIVE_INFINITY;
        for (int i = best; i < clusters.size() && clusters.size() > 1; i++) {
            if ((untried & 1 << i) != 0 && clusters.get(i).anyReady()) {
                double distance = clusters.get(i).distance(mixed, least);
                if (distance < least) {
                    best = i;
                    least = distance;
                }
            }
        }
        return best;
    }

    private C any(long mixed, int untried, double bound, long nowMs) {
        for (int i = 0; i < clusters.size(); i++) {
            int at = (int) ((mixed >>> 32) + i) & (CLUSTERS - 1);
            var chosen = (untried & 1 << at) == 0 ? null : clusters.get(at).any(bound);
            if (chosen != null) {
                return chosen;
            }
        }
        return otherwise.choose(0, nowMs);
    }

    private Cluster<C> clusterOf(C candidate) {
        return clusters.get(clusters.size() == 1 ? 0 : (int) candidate.nameHash() & (CLUSTERS - 1));
    }

    private void split() {
        var all = clusters.remove(0);
        for (int i = 0; i < CLUSTERS; i++) {
            clusters.add(new Cluster<>(i));
        }
        all.members(one -> clusterOf(one).enter(one), one -> clusterOf(one).leave(one));
    }
}
