package dev.fairlead.sidecar.provider;

/** Walks over numbers and units: {@code 1h2m3.5s}, {@code 644ms}, {@code 20 seconds}. Lives for one call. */
final class DurationCursor {
    private static final long NANOS_PER_S = 1_000_000_000L;
    /** A little above {@link Resets#LONGEST_MS}, so that the sum of two parts cannot overflow. */
    private static final long TOO_LONG = 1L << 60;
    /** More digits than any real time has; keeps {@code whole * 10^9} inside a long. */
    private static final long WHOLE_LIMIT = 9_000_000_000_000_000L;

    private final String text;
    private int at;
    private long whole;
    private long fraction;

    DurationCursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The whole part of the last number. */
    long whole() {
        return whole;
    }

    /** The decimals of the last number, in billionths. */
    long fraction() {
        return fraction;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** Reads an unsigned number with optional decimals; false when there is none or it is too long to be a time. */
    boolean number() {
        int start = at;
        whole = 0;
        fraction = 0;
        for (; at < text.length() && Resets.isDigit(text.charAt(at)); at++) {
            whole = whole * 10 + text.charAt(at) - '0';
            if (whole > WHOLE_LIMIT) {
                return false;
            }
        }
        boolean digits = at > start;
        if (at + 1 < text.length() && text.charAt(at) == '.' && Resets.isDigit(text.charAt(at + 1))) {
            long weight = NANOS_PER_S / 10;
            for (at++; at < text.length() && Resets.isDigit(text.charAt(at)); at++) {
                fraction += (text.charAt(at) - '0') * weight;
                weight /= 10;
            }
            digits = true;
        }
        return digits;
    }

    /**
     * Goes on behind the first number, its unit and further numbers with units, to the end of the text; nanoseconds, or -1
     * when anything else is in it.
     */
    long durationFromNumber() {
        long first = scaled(unit());
        if (first < 0 || atEnd()) {
            return first;
        }
        long more = prefix();
        return more < 0 || !atEnd() ? -1 : first + more;
    }

    /** Reads as many numbers with units as there are; nanoseconds, or -1 when there is not one. */
    long prefix() {
        long total = -1;
        while (true) {
            int before = at;
            skipSpaces();
            long nanos = number() ? scaled(unit()) : -1;
            if (nanos < 0) {
                at = before;
                return total;
            }
            total = Math.max(total, 0) + nanos;
            if (total > TOO_LONG) {
                return -1;
            }
        }
    }

    private long scaled(long unitNanos) {
        if (unitNanos < 0 || whole > TOO_LONG / unitNanos) {
            return -1;
        }
        long part =
                unitNanos >= NANOS_PER_S ? fraction * (unitNanos / NANOS_PER_S) : fraction * unitNanos / NANOS_PER_S;
        return whole * unitNanos + part;
    }

    private long unit() {
        skipSpaces();
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        int length = at - start;
        if (length == 0) {
            return -1;
        }
        char first = text.charAt(start);
        if (length == 1) {
            return switch (first) {
                case 's' -> NANOS_PER_S;
                case 'm' -> 60 * NANOS_PER_S;
                case 'h' -> 3_600 * NANOS_PER_S;
                case 'd' -> 86_400 * NANOS_PER_S;
                default -> -1L;
            };
        }
        if (length == 2 && text.charAt(start + 1) == 's') {
            return switch (first) {
                case 'n' -> 1L;
                case 'u', '\u00b5', '\u03bc' -> 1_000L;
                case 'm' -> 1_000_000L;
                default -> -1L;
            };
        }
        return word(text.substring(start, at));
    }

    private static long word(String unit) {
        return switch (unit) {
            case "millisecond", "milliseconds" -> 1_000_000L;
            case "sec", "secs", "second", "seconds" -> NANOS_PER_S;
            case "min", "mins", "minute", "minutes" -> 60 * NANOS_PER_S;
            case "hr", "hrs", "hour", "hours" -> 3_600 * NANOS_PER_S;
            case "day", "days" -> 86_400 * NANOS_PER_S;
            default -> -1L;
        };
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
