package dev.fairlead.operator.rollout;

import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes configurations, each only when it differs from what its workload had, and equal ones once. Keeps those of the last time,
 * and nothing older. For one thread.
 */
final class SnapshotBook {
    private final ConfigCodec codec = new ConfigCodec();
    private Map<Workload, SidecarConfig> configs = Map.of();
    private Map<Workload, Snapshot> snapshots = Map.of();

    Map<Workload, Snapshot> write(Map<Workload, SidecarConfig> current) {
        var written = new HashMap<Workload, Snapshot>();
        var fresh = new HashMap<SidecarConfig, Snapshot>();
        current.forEach((workload, config) -> written.put(
                workload,
                config.equals(configs.get(workload))
                        ? snapshots.get(workload)
                        : fresh.computeIfAbsent(config, this::write)));
        configs = current;
        snapshots = written;
        return written;
    }

    private Snapshot write(SidecarConfig config) {
        byte[] json = codec.write(config);
        return new Snapshot(codec.hash(json), json);
    }
}
