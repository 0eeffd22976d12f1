package dev.fairlead.operator.serve;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where reports of sidecars are answered. Safe on every thread, never blocks. */
@FunctionalInterface
public interface FleetDesk {
    /**
     * Answers a report within seconds, on any thread, and never exceptionally; empty when nobody can answer now: what the sidecar
     * was given last then holds.
     *
     * @param pod the uid of the pod that reports, as the API server vouches for it
     * @param report a {@link dev.fairlead.sidecar.fleet.FleetReport} as it was sent
     * @return a {@link dev.fairlead.sidecar.fleet.FleetAnswer} as it is to be sent
     */
    CompletionStage<Optional<byte[]>> report(String pod, byte[] report);
}
