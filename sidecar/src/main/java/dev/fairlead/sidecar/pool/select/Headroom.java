package dev.fairlead.sidecar.pool.select;

import java.util.ArrayList;
import java.util.List;

/**
 * The one with most left: what remains of its tightest limit, shared by the calls already on their way, scaled by weight, and less
 * where answers take longer or calls fail. Equals take turns. Among many, the better of two taken at random: nearly as even as looking at all
 * (Mitzenmacher, "The power of two choices"), and it costs the same however many there are.
 */
final class Headroom<C extends Candidate> implements SelectionStrategy<C> {
    /** Up to so many are all looked at. */
    static final int FEW = 32;

    /** What is used up is still better than nothing. */
    private static final double NOTHING_LEFT = 0.001;

    /** Latencies of answers of different lengths differ: only what is slower than this by far counts. */
    private static final double ALIKE = 1.5;

    /** Who fails always is tried now and then: nobody else would find out that it has been mended. */
    private static final double NEVER_TO_BE_RELIED_ON = 0.02;

    private final List<C> ready = new ArrayList<>();
    private long steps;

    @Override
    public void enter(C candidate) {
        candidate.place(ready.size());
        ready.add(candidate);
    }

    @Override
    public void leave(C candidate) {
        var last = ready.remove(ready.size() - 1);
        if (last != candidate) {
            ready.set(candidate.place(), last);
            last.place(candidate.place());
        }
        candidate.place(-1);
    }

    @Override
    public C choose(long affinity, long nowMs) {
        int count = ready.size();
        if (count == 0) {
            return null;
        }
        return count > FEW ? betterOfTwo(count, nowMs) : best(count, nowMs);
    }

    @Override
    public void granted(C candidate) {
        steps++;
    }

    private C betterOfTwo(int count, long nowMs) {
        long random = NameHash.mix(steps);
        int at = (int) Long.remainderUnsigned(random, count);
        var first = ready.get(at);
        var second = ready.get((int) ((at + 1 + Long.remainderUnsigned(random >>> 32, count - 1)) % count));
        double fastest = faster(first.latencyMs(), second.latencyMs());
        return score(second, fastest, nowMs) > score(first, fastest, nowMs) ? second : first;
    }

    private C best(int count, long nowMs) {
        double fastest = 0;
        for (int i = 0; i < count; i++) {
            fastest = faster(fastest, ready.get(i).latencyMs());
        }
        // From another place each time, so that equals take turns.
        int start = (int) (steps % count);
        C best = null;
        double most = -1;
        for (int i = 0; i < count; i++) {
            var one = ready.get(start + i < count ? start + i : start + i - count);
            double score = score(one, fastest, nowMs);
            if (score > most) {
                best = one;
                most = score;
            }
        }
        return best;
    }

    /** Who has not been tried yet counts as fast as the fastest: it has to be tried to be known. */
    private static double faster(double one, double other) {
        return one <= 0 ? other : other <= 0 ? one : Math.min(one, other);
    }

    private static double score(Candidate candidate, double fastest, long nowMs) {
        double latency = candidate.latencyMs(nowMs);
        double speed = latency <= fastest * ALIKE ? 1 : fastest / latency;
        double reliability = Math.max(NEVER_TO_BE_RELIED_ON, candidate.reliability(nowMs));
        return reliability
                * speed
                * candidate.weight()
                * (candidate.headroom(nowMs) + NOTHING_LEFT)
                / (1 + candidate.inFlight());
    }
}
