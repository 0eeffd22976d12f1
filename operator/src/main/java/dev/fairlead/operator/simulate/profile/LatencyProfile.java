package dev.fairlead.operator.simulate.profile;

/**
 * How long answers take. A stream has {@code firstByte} before its first event and {@code perChunk} before every content
 * event; a whole answer comes after {@code firstByte + chunks x perChunk}. All of it is 0 by default.
 *
 * @param firstByte time to the response head
 * @param perChunk time before each content event of a stream
 * @param chunks content events an answer is cut into; null means one a token
 * @param jitter 0 to 1: each time above is multiplied by a random factor from {@code 1 - jitter} to {@code 1 + jitter}
 */
public record LatencyProfile(Millis firstByte, Millis perChunk, Integer chunks, Double jitter) {

    /** Answers at once, one event a token. */
    public static final LatencyProfile NONE = new LatencyProfile(null, null, null, null);

    public LatencyProfile {
        firstByte = firstByte == null ? Millis.ZERO : firstByte;
        perChunk = perChunk == null ? Millis.ZERO : perChunk;
        Check.that(chunks == null || chunks >= 1, "chunks: got %s, expected at least 1".formatted(chunks));
        jitter = jitter == null ? 0d : jitter;
        Check.that(jitter >= 0 && jitter <= 1, "jitter: got %s, expected 0 to 1".formatted(jitter));
    }
}
