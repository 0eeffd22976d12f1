package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.profile.LatencyProfile;
import java.util.SplittableRandom;

/** How long the next piece of an answer takes. */
final class Pace {

    private final SplittableRandom random;

    Pace(long seed) {
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    }

    /** Milliseconds to the head of an answer. */
    long toFirstByte(LatencyProfile latency) {
        return around(latency.firstByte().value(), latency.jitter());
    }

    /** Milliseconds before a content event. */
    long toNextChunk(LatencyProfile latency) {
        return around(latency.perChunk().value(), latency.jitter());
    }

    /** Content events that an answer with {@code natural} pieces is cut into. */
    static int chunks(LatencyProfile latency, int natural) {
        return latency.chunks() == null ? natural : Math.min(natural, latency.chunks());
    }

    private long around(long millis, double jitter) {
        return millis == 0 || jitter == 0 ? millis : Math.round(millis * (1 + jitter * (2 * random.nextDouble() - 1)));
    }
}
