package dev.fairlead.sidecar.pool.select;

/**
 * The one with most left: what remains of its tightest limit, shared by the calls already on their way, scaled by weight, and less
 * where answers take longer. Equals take turns. Among many, the better of two taken at random: nearly as even as looking at all
 * (Mitzenmacher, "The power of two choices"), and it costs the same however many there are.
 */
final class Headroom implements SelectionStrategy {
    /** Up to so many are all looked at. */
    static final int FEW = 32;

    /** What is used up is still better than nothing. */
    private static final double NOTHING_LEFT = 0.001;

    /** Latencies of answers of different lengths differ: only what is slower than this by far counts. */
    private static final double ALIKE = 1.5;

    private long steps;

    @Override
    public int choose(Candidate[] ready, int count, long affinity, long nowMs) {
        long random = NameHash.mix(++steps);
        int first = (int) Long.remainderUnsigned(random, count);
        if (count > FEW) {
            int second = (int) ((first + 1 + Long.remainderUnsigned(random >>> 32, count - 1)) % count);
            double fastest = faster(ready[first].latencyMs(), ready[second].latencyMs());
            return score(ready[second], fastest, nowMs) > score(ready[first], fastest, nowMs) ? second : first;
        }
        double fastest = 0;
        for (int i = 0; i < count; i++) {
            fastest = faster(fastest, ready[i].latencyMs());
        }
        // From another place each time, so that equals take turns.
        int start = (int) (steps % count);
        int best = start;
        double most = -1;
        for (int i = 0; i < count; i++) {
            int at = start + i < count ? start + i : start + i - count;
            double score = score(ready[at], fastest, nowMs);
            if (score > most) {
                best = at;
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
        double latency = candidate.latencyMs();
        double speed = latency <= fastest * ALIKE ? 1 : fastest / latency;
        return speed * candidate.weight() * (candidate.headroom(nowMs) + NOTHING_LEFT) / (1 + candidate.inFlight());
    }
}
