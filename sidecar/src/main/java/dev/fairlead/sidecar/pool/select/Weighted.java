package dev.fairlead.sidecar.pool.select;

import java.util.HashMap;
import java.util.Map;

/**
 * Exact proportions, evenly spread: nobody is ever more than one call ahead of its share or behind it (worst-case fair weighted
 * fair queueing, Bennett and Zhang 1996). A candidate's turn moves on by the inverse of its weight with each call; of those that
 * are not ahead of their share, the one whose next call would be over first is taken. Who has rested goes on from where the
 * others are now: what it has missed is not made up for in a burst.
 */
final class Weighted<C extends Candidate> implements SelectionStrategy<C> {
    /** Sums of inverses are not exact. */
    private static final double ROUNDING = 1e-9;

    private final Map<Integer, Peers<C>> byWeight = new HashMap<>();
    /** Those whose first is not ahead of its share. */
    private final CandidateHeap<Peers<C>> due =
            new CandidateHeap<>((one, other) -> overFirst(one.first(), other.first()));

    private final CandidateHeap<Peers<C>> ahead = new CandidateHeap<>(
            (one, other) -> one.first().turn() < other.first().turn());
    /** Where a candidate would be that had exactly its share. */
    private double share;
    /** Of all that stand here. */
    private long weight;
    /** Whose turn it was when somebody last asked. */
    private C next;

    /**
     * Candidates of one weight, of which the first is both the one that is least ahead and the one whose next call would be over
     * first. So a thousand equal ones that are due at the same moment become so in one step.
     */
    private static final class Peers<C extends Candidate> implements Placed {
        private final CandidateHeap<C> byTurn = new CandidateHeap<>(Weighted::overFirst);
        private int place = -1;

        C first() {
            return byTurn.top();
        }

        @Override
        public int place() {
            return place;
        }

        @Override
        public void place(int newPlace) {
            place = newPlace;
        }
    }

    @Override
    public void enter(C candidate) {
        weight += candidate.weight();
        candidate.turn(start(candidate));
        var peers = byWeight.computeIfAbsent(candidate.weight(), w -> new Peers<>());
        stepOut(peers);
        peers.byTurn.add(candidate);
        stand(peers);
    }

    @Override
    public void leave(C candidate) {
        weight -= candidate.weight();
        var peers = byWeight.get(candidate.weight());
        stepOut(peers);
        peers.byTurn.remove(candidate);
        stand(peers);
    }

    @Override
    public C choose(long affinity, long nowMs) {
        if (due.size() == 0 && ahead.size() > 0) {
            share = Math.max(share, ahead.top().first().turn());
        }
        while (ahead.size() > 0 && isDue(ahead.top())) {
            var top = ahead.top();
            ahead.remove(top);
            due.add(top);
        }
        next = due.size() == 0 ? null : due.top().first();
        return next;
    }

    @Override
    public void granted(C candidate) {
        var peers = byWeight.get(candidate.weight());
        stepOut(peers);
        double start = start(candidate);
        if (candidate == next) {
            share += 1.0 / weight;
            next = null;
        } // Otherwise affinity has taken it out of its turn: the others make up for that first.
        candidate.turn(start + 1.0 / candidate.weight());
        peers.byTurn.moved(candidate);
        stand(peers);
    }

    private void stepOut(Peers<C> peers) {
        if (peers.place >= 0) {
            (due.holds(peers) ? due : ahead).remove(peers);
        }
    }

    private void stand(Peers<C> peers) {
        if (peers.first() != null) {
            (isDue(peers) ? due : ahead).add(peers);
        }
    }

    private boolean isDue(Peers<C> peers) {
        return peers.first().turn() <= share + ROUNDING;
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
