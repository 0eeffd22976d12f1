package dev.fairlead.sidecar.pool.quota;

/** What one call holds of the limits of a gate. */
final class Reservation implements Hold {
    private static final long[] NONE = {};

    /** The gate that made it, and no other, settles it. */
    final LimitGate gate;

    final Meter[] meters;
    final long[] taken;
    final long[] slots;
    final long beganMs;
    final long estimate;
    final Asked asked;

    /** The how manieth of its gate. */
    long sequence;
    /** The how manieth of its account or key, whatever the model. */
    long sequenceOfAllModels;

    /** Whether it is cut rather than ended. */
    boolean cut;

    private boolean settled;

    Reservation(LimitGate gate, Meter[] meters, long estimate, Asked asked, long t) {
        this.gate = gate;
        this.meters = meters;
        this.taken = meters.length == 0 ? NONE : new long[meters.length];
        this.slots = meters.length == 0 ? NONE : new long[meters.length];
        this.beganMs = t;
        this.estimate = estimate;
        this.asked = asked;
    }

    /** True the first time only. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }
}
