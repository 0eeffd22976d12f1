package dev.fairlead.sidecar.pool;

import java.util.List;

/** Weighted rotation: over time each key serves its exact share, evenly spread (smooth weighted round-robin). */
final class RoundRobin implements SelectionStrategy {
    @Override
    public Key choose(List<Key> eligible, String model, long nowMs) {
        Key best = null;
        double total = 0;
        for (int i = 0; i < eligible.size(); i++) {
            var key = eligible.get(i);
            total += key.weight();
            key.turn(key.turn() + key.weight());
            if (best == null || key.turn() > best.turn()) {
                best = key;
            }
        }
        best.turn(best.turn() - total);
        return best;
    }
}
