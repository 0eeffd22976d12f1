package dev.fairlead.sidecar.exchange;

/**
 * How long a client may keep us waiting, since what it holds in the meantime is memory and a key's time; and how long we may
 * keep it waiting without a sign.
 *
 * @param uploadStallMs the longest silence of a client that is still sending its body
 * @param uploadMs the longest that all of a body may take, however steadily it drips
 * @param readStallMs the longest that a client may take nothing of an answer that is ready for it
 * @param silenceMs how long the client of a stream that a provider has begun hears nothing as long as there is no content
 */
public record Patience(long uploadStallMs, long uploadMs, long readStallMs, long silenceMs) {
    private static final long USUAL_SILENCE_MS = 15_000;

    /** 30 s for the next part of a body and 5 min for all of it, 60 s for reading; a sign of life every 15 s. */
    public static final Patience USUAL = new Patience(30_000, 300_000, 60_000);

    /** With the usual time of silence. */
    public Patience(long uploadStallMs, long uploadMs, long readStallMs) {
        this(uploadStallMs, uploadMs, readStallMs, USUAL_SILENCE_MS);
    }
}
