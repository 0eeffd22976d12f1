package dev.fairlead.sidecar.provider;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Turns what providers write as a point in time or a wait into milliseconds from now: seconds with or without decimals, Go
 * durations ({@code 1h2m3.5s}, {@code 120ms}), RFC 3339, HTTP dates, Unix time in seconds or milliseconds. The forms cannot
 * be mistaken for each other, so nobody has to say which one a provider uses.
 *
 * <p>No regular expressions and no exceptions on the common forms: this runs for every response.
 */
final class Resets {
    /** Not a time. */
    static final long NONE = -1;

    /** A wait longer than a year is a mistake, not a wait. */
    static final long LONGEST_MS = 366L * 86_400_000L;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int LONGEST_TEXT = 64;
    private static final long NANOS_PER_MS = 1_000_000L;
    private static final long NANOS_PER_S = 1_000_000_000L;
    /** Seconds above this are a point in time: nobody waits 31 years. */
    private static final long EPOCH_SECONDS = 1_000_000_000L;
    /** And above this it is in milliseconds: in seconds it would be the year 5138. */
    private static final long EPOCH_MILLIS = 100_000_000_000L;

    private Resets() {}

    /**
     * Any of the forms; a bare number is seconds.
     *
     * @return milliseconds from now, 0 when it has passed already, {@link #NONE} when it is no time
     */
    static long parse(String value, long nowEpochMs) {
        if (value == null || value.length() > LONGEST_TEXT) {
            return NONE;
        }
        String text = value.strip();
        if (text.isEmpty()) {
            return NONE;
        }
        char first = text.charAt(0);
        if (Character.isLetter(first)) {
            return httpDate(text, nowEpochMs);
        }
        if (text.length() >= 19 && text.charAt(4) == '-' && text.charAt(7) == '-') {
            return rfc3339(text, nowEpochMs);
        }
        DurationCursor cursor = new DurationCursor(text, 0);
        if (!cursor.number()) {
            return NONE;
        }
        if (cursor.atEnd()) {
            return cursor.whole() >= EPOCH_SECONDS
                    ? epoch(cursor.whole(), cursor.fraction(), nowEpochMs)
                    : millis(cursor.whole() * NANOS_PER_S + cursor.fraction());
        }
        long nanos = cursor.durationFromNumber();
        return nanos < 0 ? NONE : millis(nanos);
    }

    /** A bare number of milliseconds, decimals allowed: {@code retry-after-ms}. */
    static long parseMillis(String value) {
        if (value == null || value.length() > LONGEST_TEXT) {
            return NONE;
        }
        DurationCursor cursor = new DurationCursor(value.strip(), 0);
        if (!cursor.number() || !cursor.atEnd() || cursor.whole() > LONGEST_MS) {
            return NONE;
        }
        return cursor.whole() + (cursor.fraction() >= NANOS_PER_S / 2 ? 1 : 0);
    }

    /** Rounded, because {@code 17.399999999s} means 17.4 s. */
    static long millis(long nanos) {
        long ms = nanos / NANOS_PER_MS + (nanos % NANOS_PER_MS >= NANOS_PER_MS / 2 ? 1 : 0);
        return ms > LONGEST_MS ? NONE : ms;
    }

    /** Milliseconds from now to a point in time: 0 when past, {@link #NONE} when absurdly far. */
    static long until(long epochMs, long nowEpochMs) {
        if (epochMs <= nowEpochMs) {
            return 0;
        }
        long wait = epochMs - nowEpochMs;
        return wait < 0 || wait > LONGEST_MS ? NONE : wait;
    }

    private static long epoch(long whole, long fractionNanos, long nowEpochMs) {
        return whole >= EPOCH_MILLIS
                ? until(whole, nowEpochMs)
                : until(whole * 1000 + fractionNanos / NANOS_PER_MS, nowEpochMs);
    }

    /** Whether it is a point in time rather than a wait, if it is anything: then the clock by which it was written matters. */
    static boolean absolute(String value) {
        int length = value == null ? 0 : value.length();
        return length >= 10
                && (Character.isLetter(value.charAt(0)) || isDigit(value.charAt(length - 1)) || length >= 19);
    }

    private static long httpDate(String text, long nowEpochMs) {
        long at = httpDateEpochMs(text);
        return at == NONE ? NONE : until(at, nowEpochMs);
    }

    /** The point in time of an HTTP date, milliseconds since 1970; {@link #NONE} when it is none. */
    static long httpDateEpochMs(String text) {
        if (text.length() < 26 || text.length() > LONGEST_TEXT || text.charAt(3) != ',') {
            return NONE;
        }
        int month = text.length() == 29 && text.endsWith(" GMT") ? month(text) : 0;
        if (month > 0) {
            int day = digits(text, 5, 2);
            int year = digits(text, 12, 4);
            int hour = digits(text, 17, 2);
            int minute = digits(text, 20, 2);
            int second = digits(text, 23, 2);
            if (day >= 1 && day <= 31 && year >= 1970 && hour >= 0 && hour <= 23 && minute >= 0 && second >= 0) {
                return (epochDay(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second) * 1_000;
            }
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException notADate) {
            return NONE;
        }
    }

    /** 1 to 12 of {@code Fri, 20 Mar 2026 ...}, 0 when it is none. */
    private static int month(String text) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (text.regionMatches(8, MONTHS, i, 3)) {
                return i / 3 + 1;
            }
        }
        return 0;
    }

    private static long rfc3339(String text, long nowEpochMs) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        boolean sane = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0 && hour <= 24;
        if (!sane || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return NONE;
        }
        int at = 19;
        long fractionMs = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            long weight = 100;
            for (at++; at < text.length() && isDigit(text.charAt(at)); at++) {
                fractionMs += (text.charAt(at) - '0') * weight;
                weight /= 10;
            }
        }
        int offsetMinutes = offsetMinutes(text, at);
        if (offsetMinutes == Integer.MIN_VALUE) {
            return NONE;
        }
        long seconds =
                epochDay(year, month, day) * 86_400L + hour * 3_600L + (minute - (long) offsetMinutes) * 60L + second;
        return until(seconds * 1000 + fractionMs, nowEpochMs);
    }

    /** {@code Z}, {@code +hh:mm} or nothing (taken as UTC); {@code Integer.MIN_VALUE} for anything else. */
    private static int offsetMinutes(String text, int at) {
        if (at == text.length() || (at + 1 == text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z'))) {
            return 0;
        }
        if (at + 6 != text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if (hours < 0 || minutes < 0) {
            return Integer.MIN_VALUE;
        }
        return (text.charAt(at) == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    /** Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March so that leap days come last. */
    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long monthFromMarch = (month + 9L) % 12;
        return 365 * y + y / 4 - y / 100 + y / 400 + (monthFromMarch * 306 + 5) / 10 + (day - 1) - 719_468;
    }

    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (i >= text.length() || !isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
