package dev.fairlead.operator.serve;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A bucket of permits for every key, refilled with time. Knows a bounded number of keys; the one unused longest is forgotten. */
final class Throttle {
    private static final int MOST_KEYS = 20_000;

    private final int burst;
    private final long refillNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_KEYS;
        }
    };

    private static final class Bucket {
        private double permits;
        private long at;
    }

    /**
     * @param burst how many permits a bucket holds
     * @param refill after what time another is there
     */
    Throttle(int burst, Duration refill, LongSupplier nanoTime) {
        this.burst = burst;
        this.refillNanos = refill.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Takes a permit; false when there is none. */
    boolean take(String key) {
        var bucket = filled(key);
        if (bucket.permits < 1) {
            return false;
        }
        bucket.permits--;
        return true;
    }

    /** Whether a permit is there. */
    boolean has(String key) {
        return !buckets.containsKey(key) || filled(key).permits >= 1;
    }

    private Bucket filled(String key) {
        long now = nanoTime.getAsLong();
        var bucket = buckets.computeIfAbsent(key, unseen -> {
            var fresh = new Bucket();
            fresh.permits = burst;
            fresh.at = now;
            return fresh;
        });
        bucket.permits = Math.min(burst, bucket.permits + (double) (now - bucket.at) / refillNanos);
        bucket.at = now;
        return bucket;
    }
}
