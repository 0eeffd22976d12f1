package dev.fairlead.sidecar.usage;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the words of a ring, putting or taking numbers and short texts. Positions only grow; the array is used round and
 * round. A text is its length, then its UTF-8 bytes, eight to a word.
 */
final class RecordCursor {
    /** UTF-8 bytes of a text that are kept. A longer one ends in an ellipsis. */
    static final int MAX_TEXT = 256;

    private static final int ABSENT = -1;
    private static final int FIRST_TEXT = -2;
    private static final int LONGEST_CODE_POINT = 4;

    private final long[] words;
    private final int mask;
    private final byte[] text = new byte[MAX_TEXT + 2 * LONGEST_CODE_POINT];
    private int textLength;
    private long position;
    private long limit;

    RecordCursor(long[] words) {
        this.words = words;
        this.mask = words.length - 1;
    }

    void moveTo(long start, long end) {
        position = start;
        limit = end;
    }

    long position() {
        return position;
    }

    /** Whether more was put than there is room for; what did not fit was left out. */
    boolean overflowed() {
        return position > limit;
    }

    void put(long word) {
        if (position < limit) {
            words[(int) position & mask] = word;
        }
        position++;
    }

    /** Overwrites a word put before. */
    void patch(long at, long word) {
        words[(int) at & mask] = word;
    }

    long next() {
        return words[(int) position++ & mask];
    }

    /** Puts a name by its number where {@code names} know it, as text where they do not. */
    void putName(String name, RecordNames names) {
        if (name == null) {
            put(ABSENT);
            return;
        }
        int id = names.idOf(name);
        if (id >= 0) {
            put(id);
        } else {
            putText(name);
        }
    }

    String nextName(RecordNames names) {
        int head = (int) next();
        if (head == ABSENT) {
            return null;
        }
        return head >= 0 ? names.name(head) : nextText(FIRST_TEXT - head);
    }

    private void putText(String value) {
        encode(value);
        put(FIRST_TEXT - textLength);
        for (int at = 0; at < textLength; at += Long.BYTES) {
            long word = 0;
            for (int i = Math.min(Long.BYTES, textLength - at) - 1; i >= 0; i--) {
                word = (word << Byte.SIZE) | (text[at + i] & 0xff);
            }
            put(word);
        }
    }

    private String nextText(int length) {
        for (int at = 0; at < length; at += Long.BYTES) {
            long word = next();
            for (int i = 0; i < Math.min(Long.BYTES, length - at); i++) {
                text[at + i] = (byte) (word >>> (i * Byte.SIZE));
            }
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /** UTF-8 without an object: {@code getBytes} would allocate on the event loop. Half a surrogate pair becomes '?'. */
    private void encode(String value) {
        textLength = 0;
        for (int i = 0; i < value.length(); ) {
            if (textLength > MAX_TEXT - LONGEST_CODE_POINT) {
                encode('…');
                return;
            }
            int codePoint = value.codePointAt(i);
            encode(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? '?' : codePoint);
            i += Character.charCount(codePoint);
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x80) {
            append(codePoint);
        } else if (codePoint < 0x800) {
            append(0xc0 | (codePoint >> 6));
            append(0x80 | (codePoint & 0x3f));
        } else if (codePoint < 0x10000) {
            append(0xe0 | (codePoint >> 12));
            append(0x80 | ((codePoint >> 6) & 0x3f));
            append(0x80 | (codePoint & 0x3f));
        } else {
            append(0xf0 | (codePoint >> 18));
            append(0x80 | ((codePoint >> 12) & 0x3f));
            append(0x80 | ((codePoint >> 6) & 0x3f));
            append(0x80 | (codePoint & 0x3f));
        }
    }

    private void append(int octet) {
        text[textLength++] = (byte) octet;
    }
}
