package dev.fairlead.operator.rollout;

import dev.fairlead.operator.world.Workload;
import java.util.Optional;

/**
 * How far the latest rollout of one object has come, counted over connected sidecars whose configuration it is part of.
 *
 * @param reached sidecars that count: connected, heard of at least once, and not silent since a new configuration for too long
 * @param acked those of them that have the latest in force
 * @param rejected those of them that cannot use the latest
 * @param rejection one of those, always the same while it lasts; empty when {@code rejected} is 0
 */
public record AckSummary(int reached, int acked, int rejected, Optional<Rejection> rejection) {
    /** Nobody. */
    public static final AckSummary NONE = new AckSummary(0, 0, 0, Optional.empty());

    /** Whether every sidecar that counts has the latest in force; also when there is none. */
    public boolean complete() {
        return acked == reached;
    }

    /**
     * Why a sidecar cannot use what it was sent.
     *
     * @param workload whose sidecar
     * @param path where in its configuration
     * @param message why
     */
    public record Rejection(Workload workload, String path, String message) {}

    /** Both together. */
    AckSummary plus(AckSummary other) {
        return new AckSummary(
                reached + other.reached,
                acked + other.acked,
                rejected + other.rejected,
                rejection.or(other::rejection));
    }
}
