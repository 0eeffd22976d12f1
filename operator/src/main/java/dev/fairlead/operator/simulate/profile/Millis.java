package dev.fairlead.operator.simulate.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in whole milliseconds, written {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h} or as a bare number of
 * milliseconds.
 */
public record Millis(@JsonValue long value) {

    /** No time at all. */
    public static final Millis ZERO = new Millis(0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3}))?(ms|s|m|h)");
    private static final long MAX = 24 * 3_600_000L;

    public Millis {
        Check.that(value >= 0 && value <= MAX, "got %dms, expected 0 to 24h".formatted(value));
    }

    @JsonCreator
    static Millis of(long millis) {
        return new Millis(millis);
    }

    /** Reads a time that is written with its unit. */
    @JsonCreator
    public static Millis of(String text) {
        Matcher matcher = FORM.matcher(text);
        Check.that(matcher.matches(), "got '%s', expected a time such as 250ms, 1.5s, 2m or 1h".formatted(text));
        long unit = switch (matcher.group(3)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        long thousandths = fraction.isEmpty() ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
        return new Millis(Long.parseLong(matcher.group(1)) * unit + thousandths * unit / 1000);
    }
}
