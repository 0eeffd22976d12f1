package dev.fairlead.sidecar.usage;

/**
 * The last step of every exchange: counts the call and writes its record. One per event loop, and called on that loop only;
 * it takes no lock, does no I/O and allocates nothing.
 */
public final class Recorder {
    private final CallMeter meter;
    private final RecordRing ring;

    /** @param ring where records go, or {@code null} when nobody wants records */
    public Recorder(CallMeter meter, RecordRing ring) {
        this.meter = meter;
        this.ring = ring;
    }

    /**
     * Settles a finished call, exactly once per call. Metrics count it even when its record finds no room. The facts are not
     * kept: they may be cleared and reused at once.
     */
    public void settle(CallFacts facts) {
        facts.sumUsage();
        meter.count(facts);
        if (ring != null) {
            ring.offer(facts);
        }
    }
}
