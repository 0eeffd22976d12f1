package dev.fairlead.sidecar.pool.quota;

/** What one call has taken of a gate's limits; belongs to the gate that made it. */
public interface Hold {
    /** Takes nothing. */
    Hold NOTHING = new Hold() {};
}
