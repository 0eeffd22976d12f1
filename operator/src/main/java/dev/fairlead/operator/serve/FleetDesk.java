package dev.fairlead.operator.serve;

import java.util.concurrent.CompletionStage;

/** Where reports of sidecars are answered. Safe on every thread, never blocks. */
@FunctionalInterface
public interface FleetDesk {
    /**
     * Answers a report within seconds, on any thread, and never exceptionally.
     *
     * @param pod the uid of the pod that reports, as the API server vouches for it
     * @param report a {@link dev.fairlead.sidecar.fleet.FleetReport} as it was sent
     */
    CompletionStage<FleetReply> report(String pod, byte[] report);
}
