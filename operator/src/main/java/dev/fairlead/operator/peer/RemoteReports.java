package dev.fairlead.operator.peer;

import dev.fairlead.operator.rollout.SidecarReport;
import java.util.List;

/** Hears what other replicas' sidecars have reported. Called on an event loop: must not block. */
public interface RemoteReports {
    /** All that the replica knows of its own sidecars; replaces what it said before. */
    void remote(String replica, List<SidecarReport> reports);

    /** The replica is gone. */
    void forget(String replica);
}
