package dev.fairlead.sidecar.pool.select;

/** An account (with its keys) that could pay for a call of one model now, as a strategy sees it. */
public interface Candidate extends Placed {
    /** Share of the traffic, at least 1: the sum over its keys. */
    int weight();

    /** Calls on their way. */
    int inFlight();

    /** Share of the tightest limit that is left, 0 to 1; 1 where no limit is known. */
    double headroom(long nowMs);

    /** How long the provider's status line usually takes, milliseconds; 0 as long as nobody knows. */
    double latencyMs();

    /** The same, and less the longer it has not been measured: what has been slow should be tried again. */
    double latencyMs(long nowMs);

    /** Share of its latest calls that did not fail at the provider, 0 to 1. */
    double reliability(long nowMs);

    /** Place in the pool's list, the first is 0. */
    int order();

    /** {@link NameHash#of} its name: the same in every process and over configurations. */
    long nameHash();

    /** What {@link #turn(double)} was told last, 0 at first; means something to the strategy only. */
    double turn();

    /** Remembers the place in the rotation. */
    void turn(double newTurn);
}
