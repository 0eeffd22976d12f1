package dev.fairlead.sidecar.pool;

import java.util.List;

/**
 * The key whose account has most left: the provider's own count of what remains, shared by the calls already in flight and
 * scaled by weight. Equal keys take turns.
 */
final class Headroom implements SelectionStrategy {
    private int start;

    @Override
    public Key choose(List<Key> eligible, String model, long nowMs) {
        Key best = null;
        double bestScore = -1;
        start = (start + 1) & 0x7fff_ffff;
        int n = eligible.size();
        for (int i = 0; i < n; i++) {
            var key = eligible.get((start + i) % n);
            var state = key.group().model(model, nowMs);
            double score = key.weight() * (state.headroom() + 0.001) / (1 + state.inFlight());
            if (score > bestScore) {
                best = key;
                bestScore = score;
            }
        }
        return best;
    }
}
