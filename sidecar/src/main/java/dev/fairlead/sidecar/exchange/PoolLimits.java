package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the accounts of one pool have left of one model, taken together: configured limits and what providers say. This is what
 * clients of the pool see of limits, since those of one account are nothing that they can steer by. Added up on the pool's home
 * loop, read on any.
 */
final class PoolLimits {
    /** Adding up all accounts is for a moment, not for every call. */
    private static final long FRESH_MS = 200;

    /** Clients may name any model; the one that was added up longest ago makes room. */
    private static final int MODELS = 512;

    private final Source pool;
    private final Map<String, Sum> sums = new ConcurrentHashMap<>();

    /** Where the sums come from; on the home loop. */
    interface Source {
        LimitSnapshot standing(String model, long nowMs);
    }

    private record Sum(LimitSnapshot snapshot, long atMs) {}

    PoolLimits(Source pool) {
        this.pool = pool;
    }

    /** Adds up anew if the last time is not just now; on the home loop. */
    void take(String model, long nowMs) {
        var before = sums.get(model);
        if (before == null || nowMs - before.atMs() >= FRESH_MS) {
            if (before == null && sums.size() >= MODELS) {
                dropOldest();
            }
            sums.put(model, new Sum(pool.standing(model, nowMs), nowMs));
        }
    }

    private void dropOldest() {
        sums.entrySet().stream()
                .min(Comparator.comparingLong(sum -> sum.getValue().atMs()))
                .ifPresent(oldest -> sums.remove(oldest.getKey()));
    }

    /** As it was added up last; {@link LimitSnapshot#NOTHING} when it has not been. */
    LimitSnapshot of(String model) {
        var known = sums.get(model);
        return known == null ? LimitSnapshot.NOTHING : known.snapshot();
    }

    /** How many models it knows of. */
    int models() {
        return sums.size();
    }
}
