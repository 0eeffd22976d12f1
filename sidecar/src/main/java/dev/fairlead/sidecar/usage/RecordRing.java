package dev.fairlead.sidecar.usage;

/** Carries call records from one event loop to the writer. */
public final class RecordRing {
    /** Takes a copy of the facts for the writer, or counts them as dropped when there is no room. */
    void offer(CallFacts facts) {}
}
