package dev.fairlead.sidecar.pool;

/** Small positive delays, different in each process, the same for the same seed. */
final class Jitter {
    private static final long MOST_MS = 250;

    private final boolean none;
    private long state;

    /** @param seed 0 for no jitter at all */
    Jitter(long seed) {
        none = seed == 0;
        state = seed;
    }

    /** At most a twentieth of the rest, and at most {@value #MOST_MS} ms. */
    long after(long restMs) {
        long most = Math.min(MOST_MS, restMs / 20);
        return none || most <= 0 ? 0 : (next() >>> 1) % (most + 1);
    }

    /** A number below {@code bound}, for choices that only have to be spread. */
    int below(int bound) {
        return (int) ((next() >>> 1) % bound);
    }

    private long next() { // SplitMix64
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
