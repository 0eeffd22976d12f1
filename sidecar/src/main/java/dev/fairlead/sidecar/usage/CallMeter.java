package dev.fairlead.sidecar.usage;

/** Counts finished calls; the telemetry package has the one that feeds the metrics page. Called on one event loop only. */
public interface CallMeter {
    /** Counts a call. Must not keep the facts, must not block, should not allocate. */
    void count(CallFacts facts);
}
