package dev.fairlead.sidecar.dialect;

/** Hashes of short texts that are the same in every process and version: FNV-1a, with all bits mixed at the end. */
public final class TextHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private TextHash() {}

    /** The hash of these bytes. */
    public static long of(byte[] in, int off, int len) {
        long hash = OFFSET;
        for (int i = off; i < off + len; i++) {
            hash = (hash ^ (in[i] & 0xff)) * PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 29);
    }
}
