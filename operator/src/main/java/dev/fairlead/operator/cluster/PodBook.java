package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The injected pods by uid, and whose calls they carry. Changed under the lock of the view, read on every thread. */
final class PodBook implements PodIndex, Change<Pod> {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** A pod that should have ended so long ago lies on a node that nobody hears of. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final PodReader reader = new PodReader();
    private final Clock clock;
    private final Map<String, Known> pods = new ConcurrentHashMap<>();
    private final Map<Workload, Integer> running = new HashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    PodBook(Clock clock) {
        this.clock = clock;
    }

    private record Known(Pod pod, Workload workload) {
        boolean ended() {
            var status = pod.getStatus();
            return status != null && status.getPhase() != null && ENDED.contains(status.getPhase());
        }
    }

    @Override
    public boolean noted(Pod before, Pod after) {
        Known old = before == null ? null : pods.get(uid(before));
        Known current = after == null ? null : new Known(after, reader.read(after));
        if (current != null) {
            pods.put(uid(after), current);
        }
        if (old != null && (current == null || !uid(before).equals(uid(after)))) {
            pods.remove(uid(before));
        }
        boolean more = current != null && !current.ended() && running.merge(current.workload, 1, Integer::sum) == 1;
        boolean less = old != null
                && !old.ended()
                && running.computeIfPresent(old.workload, (workload, count) -> count == 1 ? null : count - 1) == null;
        return more || less;
    }

    @Override
    public void tell(Pod before, Pod after) {
        if (before != null && (after == null || !uid(before).equals(uid(after)))) {
            listeners.forEach(listener -> listener.accept(uid(before)));
        }
        if (after != null) {
            listeners.forEach(listener -> listener.accept(uid(after)));
        }
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    /** Of the pods that run, or will, each once, in their order. */
    List<Workload> workloads() {
        var now = clock.instant();
        return pods.values().stream()
                .filter(known -> !known.ended() && !stuck(known.pod, now))
                .map(Known::workload)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean stuck(Pod pod, Instant now) {
        String end = pod.getMetadata().getDeletionTimestamp();
        try {
            return end != null
                    && OffsetDateTime.parse(end).toInstant().plus(STUCK).isBefore(now);
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Override
    public Optional<Pod> find(String uid) {
        return Optional.ofNullable(pods.get(uid)).map(Known::pod);
    }

    @Override
    public Optional<Workload> workloadOf(String uid) {
        return Optional.ofNullable(pods.get(uid)).map(Known::workload);
    }

    @Override
    public Set<String> uids() {
        var now = clock.instant();
        return pods.entrySet().stream()
                .filter(entry -> !entry.getValue().ended() && !stuck(entry.getValue().pod, now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }
}
