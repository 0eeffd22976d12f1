package dev.fairlead.sidecar.dialect;

import java.nio.charset.StandardCharsets;

/** {@code true}, {@code false} or {@code null}, resumable at any byte. */
final class LiteralScan {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] word = NULL;
    private int matched;

    /** Whether a literal may begin with this byte; it is to be scanned as well. */
    boolean begin(byte first) {
        matched = 0;
        word = switch (first) {
            case 't' -> TRUE;
            case 'f' -> FALSE;
            default -> NULL;
        };
        return first == word[0];
    }

    /** Runs on to the end of the word, to the first byte that differs from it, or to the end of the input. */
    int scan(byte[] in, int i, int end) {
        while (i < end && matched < word.length && in[i] == word[matched]) {
            i++;
            matched++;
        }
        return i;
    }

    boolean complete() {
        return matched == word.length;
    }

    boolean isNull() {
        return word == NULL;
    }

    boolean isTrue() {
        return word == TRUE;
    }
}
