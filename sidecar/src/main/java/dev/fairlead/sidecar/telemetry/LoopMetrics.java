package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.CallMeter;

/** The numbers of one event loop: written by that loop only, read by whoever scrapes. */
public final class LoopMetrics implements CallMeter {
    LoopMetrics() {}

    @Override
    public void count(CallFacts facts) {}

    /** A timer of this loop fired this much too late, microseconds. */
    public void lagged(long lateUs) {}
}
