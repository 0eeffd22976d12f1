package dev.fairlead.sidecar.dialect.openai;

/**
 * Counts the long strings of a request that are no text: {@code data:} URLs and bare Base64 (images, audio, files). A megabyte
 * of picture costs about a thousand tokens, not a quarter of a million.
 */
final class AttachmentCount {
    private static final byte[] DATA_URL = {'d', 'a', 't', 'a', ':'};

    /** Prose has a space long before. */
    private static final int PROBE = 256;

    private int count;
    private long bytes;

    void clear() {
        count = 0;
        bytes = 0;
    }

    /** A string of at least {@link #PROBE} bytes. */
    void consider(byte[] in, int off, int len) {
        if (dataUrl(in, off) || base64(in, off)) {
            count++;
            bytes += len;
        }
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    private static boolean dataUrl(byte[] in, int off) {
        for (int i = 0; i < DATA_URL.length; i++) {
            if (in[off + i] != DATA_URL[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean base64(byte[] in, int off) {
        for (int i = off; i < off + PROBE; i++) {
            byte b = in[i];
            boolean letterOrDigit = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
            // A slash may stand escaped.
            if (!letterOrDigit && b != '+' && b != '/' && b != '-' && b != '_' && b != '\\') {
                return false;
            }
        }
        return true;
    }
}
