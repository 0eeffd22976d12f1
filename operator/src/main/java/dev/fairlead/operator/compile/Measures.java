package dev.fairlead.operator.compile;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which durations and sizes are written in manifests. */
final class Measures {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
    private static final Map<String, Long> DURATION_UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(Ki|Mi|Gi|k|M|G)?");
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    private Measures() {}

    /** {@code 500ms}, {@code 30s}, {@code 2h}: milliseconds, or nothing when it is none or overflows. */
    static OptionalLong millis(String text) {
        return scaled(DURATION.matcher(text == null ? "" : text), DURATION_UNITS);
    }

    /** A Kubernetes quantity of bytes: {@code 65536}, {@code 64Ki}, {@code 1M}; nothing when it is none or overflows. */
    static OptionalLong bytes(String text) {
        return scaled(SIZE.matcher(text == null ? "" : text), SIZE_UNITS);
    }

    private static OptionalLong scaled(Matcher number, Map<String, Long> units) {
        if (!number.matches()) {
            return OptionalLong.empty();
        }
        try {
            long unit = number.group(2) == null ? 1L : units.get(number.group(2));
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(number.group(1)), unit));
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
