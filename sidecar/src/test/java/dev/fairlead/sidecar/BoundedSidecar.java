package dev.fairlead.sidecar;

import dev.fairlead.sidecar.exchange.Patience;
import java.io.IOException;

/** Starts sidecars whose bounds are small enough for a test to reach. */
public final class BoundedSidecar {
    private BoundedSidecar() {}

    /** Bounds in place of those that {@link Sidecar#start(SidecarOptions)} takes from the process. */
    public static Sidecar start(SidecarOptions options, long byteBudget, Patience patience) throws IOException {
        return Sidecar.start(options, new Bounds(byteBudget, patience));
    }
}
