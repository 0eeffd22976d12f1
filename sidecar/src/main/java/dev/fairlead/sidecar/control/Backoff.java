package dev.fairlead.sidecar.control;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next connection. All of it is jittered: when an operator pod goes, every sidecar of the cluster
 * comes at once otherwise. Not thread-safe.
 */
final class Backoff {
    /** Operators may all be down for a while; then everybody asks about this often. */
    static final long LONGEST_MS = 10_000;

    /** Who is not let in is rarely let in a moment later; it takes a token or a pod that changes. */
    static final long LONGEST_REFUSED_MS = 60_000;

    /** How long a retry-after is honoured at most. */
    static final long LONGEST_ASKED_MS = 300_000;

    private static final long FIRST_MS = 200;
    private static final long FIRST_REFUSED_MS = 1_000;
    private static final long AFTER_BYE_MS = 1_000;
    private static final int MAX_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;
    private int refusals;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Nobody answered, or a stream broke: 0 to 0.2 s, doubling to 0 to 10 s. */
    long afterFailure() {
        return random.nextLong(doubled(FIRST_MS, failures++, LONGEST_MS) + 1);
    }

    /** We are not let in: 0.5 to 1 s, doubling to 30 to 60 s. */
    long afterRefusal() {
        long ceiling = doubled(FIRST_REFUSED_MS, refusals++, LONGEST_REFUSED_MS);
        return ceiling / 2 + random.nextLong(ceiling / 2 + 1);
    }

    /** The other side asked for this much time, and a quarter more on top spreads those who were asked together. */
    long afterRequest(long retryAfterMs) {
        long asked = Math.min(LONGEST_ASKED_MS, Math.max(0, retryAfterMs));
        return asked + random.nextLong(Math.max(FIRST_MS, asked / 4) + 1);
    }

    /** The stream came to its end. */
    long afterBye() {
        return random.nextLong(AFTER_BYE_MS + 1);
    }

    /** A stream has lasted: what went wrong before is over. */
    void proven() {
        failures = 0;
        refusals = 0;
    }

    private static long doubled(long first, int times, long longest) {
        return Math.min(longest, first << Math.min(times, MAX_DOUBLINGS));
    }
}
