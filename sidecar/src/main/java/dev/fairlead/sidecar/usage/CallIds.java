package dev.fairlead.sidecar.usage;

import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Makes the ids of calls: 64 bits that look random, never 0, so that ids of many sidecars hardly ever meet. One per event
 * loop; not thread-safe.
 */
public final class CallIds {
    private final SplittableRandom random;

    /** @param seed different for every loop of every process, for example from {@code SecureRandom} */
    public CallIds(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A new id. */
    public long next() {
        long id;
        do {
            id = random.nextLong();
        } while (id == 0);
        return id;
    }

    /** The id as headers and records show it: 16 hexadecimal digits. */
    public static String text(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
