package dev.fairlead.sidecar.limit;

/** What one call has taken from its route's limits, to be settled once. Belongs to the limiter that made it. */
public final class Reservation {
    final RouteLimiter.Meter[] meters;
    final long[] slots;
    final long tokens;
    private boolean settled;

    Reservation(RouteLimiter.Meter[] meters, long[] slots, long tokens) {
        this.meters = meters;
        this.slots = slots;
        this.tokens = tokens;
    }

    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }
}
