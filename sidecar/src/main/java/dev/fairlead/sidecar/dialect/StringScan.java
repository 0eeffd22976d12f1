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
        int stop = PlainBytes.endOfPlainText(in, i, end);
        if (capture && stop > i) {
            text.append(in, i, stop - i);
        }
        if (stop == end) {
            return end;
        }
        byte b = in[stop];
        if (b == '"') {
            done = true;
            text.finish();
        } else if (b == '\\') {
            state = ESCAPE;
        } else if (b < 0) {
            return lead(b, stop);
        } else {
            fault = JsonFault.CONTROL_CHARACTER;
            return stop;
        }
        return stop + 1;
    }

    /** Unicode 15, table 3-7: the well-formed byte sequences. No surrogates, nothing above U+10FFFF, nothing overlong. */
    private int lead(byte b, int i) {
        int lead = b & 0xff;
        lowest = 0x80;
        highest = 0xbf;
        if (lead >= 0xc2 && lead <= 0xdf) {
            needed = 1;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            needed = 2;
            lowest = lead == 0xe0 ? 0xa0 : 0x80;
            highest = lead == 0xed ? 0x9f : 0xbf;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            needed = 3;
            lowest = lead == 0xf0 ? 0x90 : 0x80;
            highest = lead == 0xf4 ? 0x8f : 0xbf;
        } else {
            fault = JsonFault.BAD_UTF8;
            return i;
        }
        if (capture) {
            text.append(b);
        }
        state = CONTINUATION;
        return i + 1;
    }

    private int continuation(byte[] in, int i) {
        int b = in[i] & 0xff;
        if (b < lowest || b > highest) {
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
