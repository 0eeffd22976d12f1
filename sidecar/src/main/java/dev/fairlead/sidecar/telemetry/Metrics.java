package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.config.SidecarConfig;

/** The numbers of all event loops; one per process. */
public final class Metrics {
    private final LoopMetrics[] loops;

    /** @param loops number of event loops */
    public Metrics(int loops) {
        this.loops = new LoopMetrics[loops];
        for (int i = 0; i < loops; i++) {
            this.loops[i] = new LoopMetrics();
        }
    }

    /**
     * Prepares the series of a configuration's routes and pools; from any thread, before the configuration comes into force.
     * Series are known by their names: what an earlier configuration counted goes on.
     */
    public void apply(SidecarConfig config) {}

    /** The numbers of an event loop, counted from 0. */
    public LoopMetrics loop(int index) {
        return loops[index];
    }
}
