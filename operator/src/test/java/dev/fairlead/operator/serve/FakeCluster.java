package dev.fairlead.operator.serve;

import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.rollout.Snapshot;
import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Pods, whose workload is their label {@code app}, and rollouts for them. */
final class FakeCluster implements PodIndex, RolloutSource {
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final Map<Workload, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final List<Consumer<String>> podListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> rolloutListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private volatile Rollout latest;

    static Pod pod(String namespace, String app, String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid-" + name)
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("sa-" + app)
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }

    static Snapshot snapshot(String hash, String json) {
        return new Snapshot(hash, json.getBytes(StandardCharsets.UTF_8));
    }

    void put(Pod pod) {
        pods.put(pod.getMetadata().getUid(), pod);
        podListeners.forEach(listener -> listener.accept(pod.getMetadata().getUid()));
    }

    void delete(String uid) {
        pods.remove(uid);
        podListeners.forEach(listener -> listener.accept(uid));
    }

    /** A rollout in which the workload of such pods gets that. */
    void rollOut(String namespace, String app, Snapshot snapshot) {
        snapshots.put(workload(namespace, app), snapshot);
        rollOut();
    }

    void rollOut() {
        latest = new Rollout(number.incrementAndGet(), null, null, Map.of(), snapshots, Map.of());
        rolloutListeners.forEach(Runnable::run);
    }

    private static Workload workload(String namespace, String app) {
        return new Workload(namespace, "Deployment/" + app, "sa-" + app, Map.of("app", app));
    }

    @Override
    public Optional<Pod> find(String uid) {
        return Optional.ofNullable(pods.get(uid));
    }

    @Override
    public Optional<Workload> workloadOf(String uid) {
        return find(uid)
                .map(pod -> workload(
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getLabels().get("app")));
    }

    @Override
    public Set<String> uids() {
        return Set.copyOf(pods.keySet());
    }

    @Override
    public void onChange(Consumer<String> listener) {
        podListeners.add(listener);
    }

    @Override
    public Optional<Rollout> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void onRollout(Runnable listener) {
        rolloutListeners.add(listener);
    }
}
