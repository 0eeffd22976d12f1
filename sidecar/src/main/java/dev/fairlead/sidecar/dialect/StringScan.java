package dev.fairlead.sidecar.dialect;

/**
 * The inside of a JSON string, resumable at any byte: checks escapes, control characters and UTF-8, and keeps the decoded
 * text where that is wanted, up to the size of its buffer.
 */
final class StringScan {
    private static final int PLAIN = 0;
    private static final int ESCAPE = 1;
    private static final int HEX = 2;
    private static final int CONTINUATION = 3;

    private final DecodedText text;
    private int state;
    private boolean capture;
    private boolean done;
    private JsonFault fault;
    private int needed;
    private int lowest;
    private int highest;
    private int hexDigits;
    private int codeUnit;

    StringScan(int capacity) {
        text = new DecodedText(capacity);
    }

    /** The opening quote has been passed. */
    void begin(boolean captureText) {
        state = PLAIN;
        done = false;
        fault = null;
        capture = captureText;
        text.clear();
    }

    /** The closing quote has been passed. */
    boolean done() {
        return done;
    }

    /** What is wrong at the index that {@link #scan} returned. */
    JsonFault fault() {
        return fault;
    }

    /** The decoded text so far, when captured. */
    DecodedText text() {
        return text;
    }

    /** Runs on until the closing quote (the index after it), a fault (its index) or the end. */
    int scan(byte[] in, int i, int end) {
        while (i < end && !done && fault == null) {
            i = switch (state) {
                case PLAIN -> plain(in, i, end);
                case ESCAPE -> escape(in, i);
                case HEX -> hex(in, i);
                default -> continuation(in, i);
            };
        }
        return i;
    }

    private int plain(byte[] in, int i, int end) {
        int from = i;
        while (true) {
            int stop = PlainBytes.endOfPlainText(in, i, end);
            while (stop < end && in[stop] < 0) {
                int next = wholeSequence(in, stop, end);
                if (next == stop) {
                    append(in, from, stop);
                    return lead(in[stop], stop);
                }
                stop = next;
            }
            if (stop == end || isSpecial(in[stop])) {
                append(in, from, stop);
                return stop == end ? end : special(in[stop], stop);
            }
            i = stop;
        }
    }

    private static boolean isSpecial(byte b) {
        return b < ' ' || b == '"' || b == '\\';
    }

    /** What ends a run of plain text: the closing quote, an escape, or a byte that must not be there. */
    private int special(byte b, int i) {
        if (b == '"') {
            done = true;
            text.finish();
        } else if (b == '\\') {
            state = ESCAPE;
        } else {
            fault = JsonFault.CONTROL_CHARACTER;
            return i;
        }
        return i + 1;
    }

    private void append(byte[] in, int from, int to) {
        if (capture && to > from) {
            text.append(in, from, to - from);
        }
    }

    /** The index after a well-formed sequence that is all there; {@code i} itself when it is not, for a closer look. */
    private int wholeSequence(byte[] in, int i, int end) {
        expectSequence(in[i]);
        int after = i + 1 + needed;
        if (needed == 0 || after > end || outOfRange(in[i + 1] & 0xff)) {
            return i;
        }
        for (int k = i + 2; k < after; k++) {
            if ((in[k] & 0xc0) != 0x80) {
                return i;
            }
        }
        return after;
    }

    private boolean outOfRange(int b) {
        return b < lowest || b > highest;
    }

    private int lead(byte b, int i) {
        expectSequence(b);
        if (needed == 0) {
            fault = JsonFault.BAD_UTF8;
            return i;
        }
        if (capture) {
            text.append(b);
        }
        state = CONTINUATION;
        return i + 1;
    }

    /**
     * How many bytes must follow a lead byte (0: it is none), and which values the first of them may have. Unicode 15, table
     * 3-7: no surrogates, nothing above U+10FFFF, nothing overlong.
     */
    private void expectSequence(byte b) {
        int lead = b & 0xff;
        lowest = 0x80;
        highest = 0xbf;
        if (lead >= 0xe0 && lead <= 0xef) {
            needed = 2;
            lowest = lead == 0xe0 ? 0xa0 : 0x80;
            highest = lead == 0xed ? 0x9f : 0xbf;
        } else if (lead >= 0xc2 && lead <= 0xdf) {
            needed = 1;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            needed = 3;
            lowest = lead == 0xf0 ? 0x90 : 0x80;
            highest = lead == 0xf4 ? 0x8f : 0xbf;
        } else {
            needed = 0;
        }
    }

    private int continuation(byte[] in, int i) {
        int b = in[i] & 0xff;
        if (outOfRange(b)) {
            fault = JsonFault.BAD_UTF8;
            return i;
        }
        if (capture) {
            text.append(in[i]);
        }
        lowest = 0x80;
        highest = 0xbf;
        if (--needed == 0) {
            state = PLAIN;
        }
        return i + 1;
    }

    private int escape(byte[] in, int i) {
        byte b = in[i];
        int decoded = switch (b) {
            case '"', '\\', '/' -> b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> 0;
            default -> -1;
        };
        if (decoded < 0) {
            fault = JsonFault.BAD_ESCAPE;
            return i;
        }
        if (b == 'u') {
            hexDigits = 4;
            codeUnit = 0;
            state = HEX;
        } else {
            if (capture) {
                text.append((byte) decoded);
            }
            state = PLAIN;
        }
        return i + 1;
    }

    private int hex(byte[] in, int i) {
        int digit = Character.digit(in[i], 16);
        if (digit < 0) {
            fault = JsonFault.BAD_ESCAPE;
            return i;
        }
        codeUnit = (codeUnit << 4) | digit;
        if (--hexDigits == 0) {
            if (capture) {
                text.appendCodeUnit((char) codeUnit);
            }
            state = PLAIN;
        }
        return i + 1;
    }
}
