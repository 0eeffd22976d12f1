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
        /** The next midnight where the provider counts its days. */
        MIDNIGHT
    }

    static ResetSource of(Kind kind) {
        return new ResetSource(kind, null);
    }

    /** From {@code hints}, {@code date Asia/Shanghai}, {@code midnight UTC}. */
    static ResetSource of(String written) {
        int space = written.indexOf(' ');
        String kind = space < 0 ? written : written.substring(0, space);
        ZoneId zone = space < 0 ? null : ZoneId.of(written.substring(space + 1));
        for (Kind known : Kind.values()) {
            if (known.name().equalsIgnoreCase(kind)) {
                if (known == Kind.MIDNIGHT && zone == null) {
                    throw new IllegalArgumentException("reset 'midnight' needs a time zone, as in 'midnight UTC'");
                }
                return new ResetSource(known, zone);
            }
        }
        throw new IllegalArgumentException(
                "reset '" + written + "' must be none, hints, limits, date [ZONE] or midnight ZONE");
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
