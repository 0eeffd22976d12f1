package dev.fairlead.sidecar.exchange;

/** {@code x-fairlead-timeout-ms}: the client's own deadline for the whole call. */
final class TimeoutHeader {
    static final long INVALID = -1;
    static final long NONE = Long.MAX_VALUE;

    private TimeoutHeader() {}

    /** Milliseconds, {@link #NONE} without a header, {@link #INVALID} for what is not a positive whole number. */
    static long read(String header) {
        if (header == null) {
            return NONE;
        }
        try {
            long ms = Long.parseLong(header.strip());
            return ms > 0 ? ms : INVALID;
        } catch (NumberFormatException e) {
            return INVALID;
        }
    }
}
