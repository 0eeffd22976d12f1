package dev.fairlead.sidecar.exchange;

/** {@code x-fairlead-timeout-ms}: the client's own deadline for the whole call. */
final class TimeoutHeader {
    static final long INVALID = -1;

    private TimeoutHeader() {}

    /** Milliseconds, {@link Long#MAX_VALUE} without a header, {@link #INVALID} for what is not a positive whole number. */
    static long read(String header) {
        if (header == null) {
            return Long.MAX_VALUE;
        }
        try {
            long ms = Long.parseLong(header.strip());
            return ms > 0 ? ms : INVALID;
        } catch (NumberFormatException e) {
            return INVALID;
        }
    }
}
