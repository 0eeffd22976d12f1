package dev.fairlead.sidecar.limit;

/**
 * The answer to a call that asks to be admitted.
 *
 * @param reservation present when admitted
 * @param refusedBy the name of the limit that is used up; {@code null} when admitted
 * @param retryAfterMs when the same call would be admitted if nobody else came; {@link Long#MAX_VALUE} when it never fits
 * @param requests the tightest requests limit, {@code null} where the route has none
 * @param tokens the tightest tokens limit, {@code null} where the route has none
 */
public record Admission(
        Reservation reservation, String refusedBy, long retryAfterMs, Standing requests, Standing tokens) {
    /** Admitted by a route without limits. */
    public static final Admission UNLIMITED = new Admission(null, null, 0, null, null);

    /**
     * How a limit stands after this call.
     *
     * @param limit in one window
     * @param remaining now
     * @param resetMs until the window is empty if nothing is added
     */
    public record Standing(long limit, long remaining, long resetMs) {}

    /** Whether the call may go on. */
    public boolean admitted() {
        return refusedBy == null;
    }
}
