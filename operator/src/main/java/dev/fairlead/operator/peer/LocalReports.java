package dev.fairlead.operator.peer;

import dev.fairlead.operator.rollout.SidecarReport;
import java.util.List;

/** What this replica's own sidecars have reported. Safe on every thread. */
public interface LocalReports {
    /** All, as they are now. */
    List<SidecarReport> local();

    /** Whether this replica is the one that divides limits. */
    boolean leads();

    /** Calls {@code listener} after each change of {@link #local}, and when this replica leads; it must not block. */
    void onChange(Runnable listener);
}
