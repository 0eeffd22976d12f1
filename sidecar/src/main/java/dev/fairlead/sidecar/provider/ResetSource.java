package dev.fairlead.sidecar.provider;

import java.time.ZoneId;

/**
 * Where the end of a failure is believed to stand.
 *
 * @param kind which hints count
 * @param zone of dates without one, or of the midnight; {@code null} where neither is needed
 */
record ResetSource(Kind kind, ZoneId zone) {

    enum Kind {
        /** Nowhere: whatever number is sent is no end. */
        NONE,
        /** The usual retry hints: headers, RetryInfo, the message. */
        HINTS,
        /** The retry hints, else the reset of a limit of which nothing remains. */
        LIMITS,
        /** A date in the message. */
        DATE,
        /** The next midnight where the provider counts its days, whatever else it says. */
        MIDNIGHT,
        /** The retry hints, else that midnight. */
        HINTS_OR_MIDNIGHT
    }

    static ResetSource of(Kind kind) {
        return new ResetSource(kind, null);
    }

    /** From {@code hints}, {@code date Asia/Shanghai}, {@code midnight UTC}, {@code hints or midnight UTC}. */
    static ResetSource of(String written) {
        return switch (written) {
            case "none" -> of(Kind.NONE);
            case "hints" -> of(Kind.HINTS);
            case "limits" -> of(Kind.LIMITS);
            case "date" -> of(Kind.DATE);
            default -> zoned(written);
        };
    }

    private static ResetSource zoned(String written) {
        int space = written.lastIndexOf(' ');
        String kind = written.substring(0, Math.max(space, 0));
        return switch (kind) {
            case "date" -> new ResetSource(Kind.DATE, ZoneId.of(written.substring(space + 1)));
            case "midnight" -> new ResetSource(Kind.MIDNIGHT, ZoneId.of(written.substring(space + 1)));
            case "hints or midnight" ->
                new ResetSource(Kind.HINTS_OR_MIDNIGHT, ZoneId.of(written.substring(space + 1)));
            default ->
                throw new IllegalArgumentException("reset '" + written
                        + "' must be none, hints, limits, date, date ZONE, midnight ZONE or hints or midnight ZONE");
        };
    }

    static ResetSource usual(FailureClass clazz) {
        return switch (clazz) {
            case RATE_LIMIT, DAILY -> of(Kind.LIMITS);
            case TRANSPORT, OVERLOADED, SERVER -> of(Kind.HINTS);
            case QUOTA -> of(Kind.DATE);
            default -> of(Kind.NONE);
        };
    }
}
