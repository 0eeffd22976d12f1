package dev.fairlead.operator.simulate.profile;

/** Refusals of values that cannot be meant; the reader adds file, line and path. */
final class Check {

    private Check() {}

    static void that(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    static String name(String field, String value) {
        that(value != null && !value.isBlank(), "%s is required".formatted(field));
        return value;
    }

    static int range(String field, Integer value, int otherwise, int min, int max) {
        return Math.toIntExact(range(field, value == null ? null : value.longValue(), otherwise, min, max));
    }

    static long range(String field, Long value, long otherwise, long min, long max) {
        if (value == null) {
            return otherwise;
        }
        that(
                value >= min && value <= max,
                "%s: got %d, expected a whole number from %d to %d".formatted(field, value, min, max));
        return value;
    }

    /** As {@link #range}, for a field whose absence means something of its own. */
    static Long optional(String field, Long value, long min, long max) {
        return value == null ? null : range(field, value, min, min, max);
    }
}
