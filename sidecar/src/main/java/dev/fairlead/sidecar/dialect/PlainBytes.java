package dev.fairlead.sidecar.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches eight bytes at a time: nearly all bytes of a body stand inside strings and lines, and need no closer look. */
final class PlainBytes {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long RETURNS = ONES * '\r';

    private PlainBytes() {}

    /** The first index in {@code [i, end)} that holds a quote, a backslash, a control character or a non-ASCII byte. */
    static int endOfPlainText(byte[] in, int i, int end) {
        int last = end - Long.BYTES;
        while (i <= last) {
            long word = (long) WORD.get(in, i);
            // A subtraction borrows only out of a byte that is itself a hit, so the lowest hit is always a true one.
            long hits = (word | (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES)) & HIGH;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < end && in[i] >= ' ' && in[i] != '"' && in[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The first index in {@code [i, end)} that holds a line feed or a carriage return. */
    static int endOfLine(byte[] in, int i, int end) {
        int last = end - Long.BYTES;
        while (i <= last) {
            long word = (long) WORD.get(in, i);
            long feeds = word ^ LINE_FEEDS;
            long returns = word ^ RETURNS;
            long hits = (((feeds - ONES) & ~feeds) | ((returns - ONES) & ~returns)) & HIGH;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < end && in[i] != '\n' && in[i] != '\r') {
            i++;
        }
        return i;
    }
}
