package dev.fairlead.operator.testing;

import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** No pods, nothing compiled, and that never changes. Tests override what theirs has. */
public class EmptyCluster implements PodIndex, RolloutSource {
    @Override
    public Optional<Pod> find(String uid) {
        return Optional.empty();
    }

    @Override
    public Set<String> uids() {
        return Set.of();
    }

    @Override
    public Optional<Workload> workloadOf(String uid) {
        return Optional.empty();
    }

    @Override
    public void onChange(Consumer<String> listener) {}

    @Override
    public Optional<Rollout> latest() {
        return Optional.empty();
    }

    @Override
    public void onRollout(Runnable listener) {}
}
