package dev.fairlead.sidecar.exchange;

/**
 * How long a client may keep us waiting; what it holds in the meantime is memory and a key's time.
 *
 * @param uploadStallMs the longest silence of a client that is still sending its body
 * @param uploadMs the longest that all of a body may take, however steadily it drips
 * @param readStallMs the longest that a client may take nothing of an answer that is ready for it
 */
public record Patience(long uploadStallMs, long uploadMs, long readStallMs) {
    /** 30 s for the next part of a body and 5 min for all of it, 60 s for reading. */
    public static final Patience USUAL = new Patience(30_000, 300_000, 60_000);
}
