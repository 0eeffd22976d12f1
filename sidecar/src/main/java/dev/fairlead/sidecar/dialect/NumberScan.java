package dev.fairlead.sidecar.dialect;

/** A JSON number, resumable at any byte: checks the grammar and keeps the integral part. */
final class NumberScan {
    private static final int START = 0;
    private static final int AFTER_MINUS = 1;
    private static final int ZERO = 2;
    private static final int INTEGRAL = 3;
    private static final int AFTER_POINT = 4;
    private static final int FRACTION = 5;
    private static final int AFTER_E = 6;
    private static final int AFTER_SIGN = 7;
    private static final int EXPONENT = 8;

    private int state;
    private boolean negative;
    private boolean scaled;
    private long magnitude;

    void begin() {
        state = START;
        negative = false;
        scaled = false;
        magnitude = 0;
    }

    /** Runs on to the first byte that cannot belong to the number, or to the end. */
    int scan(byte[] in, int i, int end) {
        while (i < end) {
            byte b = in[i];
            boolean isDigit = b >= '0' && b <= '9';
            if (isDigit && state == INTEGRAL) {
                append(b);
            } else if (isDigit ? !digit(b) : !punctuation(b)) {
                return i;
            }
            i++;
        }
        return i;
    }

    /** Whether what has been read is a whole number of the grammar and may end here. */
    boolean complete() {
        return state == ZERO || state == INTEGRAL || state == FRACTION || state == EXPONENT;
    }

    /** The integral part, cut off at {@link JsonScanner#WHOLE_NUMBER_LIMIT}; -1 when an exponent hides it. */
    long value() {
        if (scaled) {
            return -1;
        }
        return negative ? -magnitude : magnitude;
    }

    private boolean digit(byte b) {
        switch (state) {
            case START, AFTER_MINUS -> {
                append(b);
                state = b == '0' ? ZERO : INTEGRAL;
            }
            case AFTER_POINT, FRACTION -> state = FRACTION;
            case AFTER_E, AFTER_SIGN, EXPONENT -> state = EXPONENT;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean punctuation(byte b) {
        if (b == '-' && state == START) {
            negative = true;
            state = AFTER_MINUS;
        } else if (b == '.' && (state == ZERO || state == INTEGRAL)) {
            state = AFTER_POINT;
        } else if ((b == 'e' || b == 'E') && (state == ZERO || state == INTEGRAL || state == FRACTION)) {
            scaled = true;
            state = AFTER_E;
        } else if ((b == '+' || b == '-') && state == AFTER_E) {
            state = AFTER_SIGN;
        } else {
            return false;
        }
        return true;
    }

    private void append(byte b) {
        if (magnitude < JsonScanner.WHOLE_NUMBER_LIMIT) {
            magnitude = Math.min(JsonScanner.WHOLE_NUMBER_LIMIT, magnitude * 10 + (b - '0'));
        }
    }
}
