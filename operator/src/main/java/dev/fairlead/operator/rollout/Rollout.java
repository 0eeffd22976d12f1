package dev.fairlead.operator.rollout;

import dev.fairlead.operator.compile.Compilation;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import java.util.Map;
import java.util.Set;

/**
 * One compilation on its way to the sidecars. Immutable.
 *
 * @param number counts up from 1 within this process
 * @param world what was compiled
 * @param generations {@code metadata.generation} of each of the four kinds' objects in that world
 * @param snapshots for every workload of the world
 * @param reach for each object the workloads whose configuration it is part of; objects that reach nobody are absent
 */
public record Rollout(
        long number,
        World world,
        Compilation compilation,
        Map<ObjectRef, Long> generations,
        Map<Workload, Snapshot> snapshots,
        Map<ObjectRef, Set<Workload>> reach) {
    public Rollout {
        generations = Map.copyOf(generations);
        snapshots = Map.copyOf(snapshots);
        reach = Map.copyOf(reach);
    }
}
