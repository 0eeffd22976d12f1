package dev.fairlead.sidecar.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A bounded buffer of UTF-8: the text of one string, escapes resolved. What does not fit is dropped and remembered. */
final class DecodedText {
    /** Most answers hold one short text, or none: room is made when it is needed. */
    private static final int FIRST_ROOM = 32;

    private final int capacity;
    private byte[] bytes = {};
    private int length;
    private boolean overflowed;
    private boolean unpairedSurrogate;
    private char pendingHigh;

    DecodedText(int capacity) {
        this.capacity = capacity;
    }

    void clear() {
        length = 0;
        overflowed = false;
        unpairedSurrogate = false;
        pendingHigh = 0;
    }

    void append(byte[] in, int off, int len) {
        finish();
        int fits = Math.min(len, capacity - length);
        makeRoom(fits);
        System.arraycopy(in, off, bytes, length, fits);
        length += fits;
        overflowed |= fits < len;
    }

    void append(byte b) {
        finish();
        put(b);
    }

    /** One {@code backslash-u} escape; two of them make one character beyond the basic plane. */
    void appendCodeUnit(char unit) {
        if (pendingHigh != 0 && Character.isLowSurrogate(unit)) {
            int point = Character.toCodePoint(pendingHigh, unit);
            pendingHigh = 0;
            put((byte) (0xf0 | (point >> 18)));
            put((byte) (0x80 | ((point >> 12) & 0x3f)));
            put((byte) (0x80 | ((point >> 6) & 0x3f)));
            put((byte) (0x80 | (point & 0x3f)));
            return;
        }
        finish();
        if (Character.isHighSurrogate(unit)) {
            pendingHigh = unit;
        } else if (Character.isLowSurrogate(unit)) {
            unpairedSurrogate = true;
        } else if (unit < 0x80) {
            put((byte) unit);
        } else if (unit < 0x800) {
            put((byte) (0xc0 | (unit >> 6)));
            put((byte) (0x80 | (unit & 0x3f)));
        } else {
            put((byte) (0xe0 | (unit >> 12)));
            put((byte) (0x80 | ((unit >> 6) & 0x3f)));
            put((byte) (0x80 | (unit & 0x3f)));
        }
    }

    /** Nothing follows directly: a high surrogate that still waits for its other half stays alone. */
    void finish() {
        if (pendingHigh != 0) {
            unpairedSurrogate = true;
            pendingHigh = 0;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Whether {@link #bytes} is the text and not only a part of it. */
    boolean exact() {
        return !overflowed && !unpairedSurrogate;
    }

    boolean overflowed() {
        return overflowed;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void put(byte b) {
        if (length < capacity) {
            makeRoom(1);
            bytes[length++] = b;
        } else {
            overflowed = true;
        }
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.min(capacity, Math.max(length + more, Math.max(FIRST_ROOM, bytes.length * 2))));
        }
    }
}
