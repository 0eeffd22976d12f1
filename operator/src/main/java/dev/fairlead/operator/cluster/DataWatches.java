package dev.fairlead.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches exactly those Secrets and ConfigMaps that some object names or selects, in the namespaces where that is allowed. Guarded by the
 * lock that it is given; {@code changed} is called without it.
 */
final class DataWatches implements AutoCloseable {
    /**
     * How long an answer is waited for. Only the pools that name the object wait; but so does everybody when the operator starts,
     * as sidecars that come back must not be told that their keys are gone while hundreds of them are still being fetched.
     */
    private static final int PATIENCE_SECONDS = 30;

    private final KubernetesClient client;
    private final KeyNamespaces namespaces;
    private final Object lock;
    private final Runnable changed;
    private final Executor impatience = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    private final Map<String, Set<DataRef>> namedBy = new HashMap<>();
    private final Map<DataRef, Watched> watched = new HashMap<>();
    private boolean closed;

    DataWatches(KubernetesClient client, KeyNamespaces namespaces, Object lock, Runnable changed) {
        this.client = client;
        this.namespaces = namespaces;
        this.lock = lock;
        this.changed = changed;
    }

    /** An object that is watched, and by how many it is named. */
    private static final class Watched {
        private DataWatch<?> watch;
        private DataState state = new DataState.Awaited();
        private int users;
    }

    /** From now on {@code user} names exactly these. */
    void names(String user, Set<DataRef> refs) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            var before = refs.isEmpty() ? namedBy.remove(user) : namedBy.put(user, Set.copyOf(refs));
            var gone = new HashSet<DataRef>(before == null ? Set.of() : before);
            gone.removeAll(refs);
            var added = new HashSet<>(refs);
            added.removeAll(before == null ? Set.of() : before);
            added.stream().filter(ref -> namespaces.include(ref.namespace())).forEach(this::use);
            gone.forEach(this::leave);
        }
    }

    private void use(DataRef ref) {
        var one = watched.get(ref);
        if (one == null) {
            one = new Watched();
            watched.put(ref, one);
            one.watch = watch(ref, one);
            one.watch.start();
            var begun = one;
            impatience.execute(() -> giveUp(ref, begun));
        }
        one.users++;
    }

    private void leave(DataRef ref) {
        var one = watched.get(ref);
        if (one != null && --one.users == 0) {
            watched.remove(ref);
            one.watch.close();
        }
    }

    private DataWatch<?> watch(DataRef ref, Watched one) {
        var informer = switch (ref.kind()) {
            case SECRET ->
                client.secrets()
                        .inNamespace(ref.namespace())
                        .withName(ref.name())
                        .runnableInformer(0);
            case SELECTION ->
                // The server leaves out what is not read anyway: tokens, certificates, logins to registries.
                client.secrets()
                        .inNamespace(ref.namespace())
                        .withLabelSelector(ref.name())
                        .withField("type", DataDecoder.OPAQUE)
                        .runnableInformer(0);
            case CONFIG_MAP ->
                client.configMaps()
                        .inNamespace(ref.namespace())
                        .withName(ref.name())
                        .runnableInformer(0);
        };
        return new DataWatch<>(ref, informer, namespaces, reading -> learn(ref, one, reading));
    }

    private void giveUp(DataRef ref, Watched one) {
        synchronized (lock) {
            if (!(one.state instanceof DataState.Awaited)) {
                return;
            }
        }
        learn(
                ref,
                one,
                () -> new DataState.Unreadable("cannot be read: the API server does not answer; it is tried again"));
    }

    private void learn(DataRef ref, Watched one, Supplier<DataState> reading) {
        synchronized (lock) {
            // A watch that has ended may still have something to say.
            if (watched.get(ref) != one) {
                return;
            }
            // Read here and not before: of two threads the one that read first could come last.
            var state = reading.get();
            if (one.state.equals(state)) {
                return;
            }
            one.state = state;
        }
        changed.run();
    }

    /** What is known now of everything that is watched. A copy. */
    Map<DataRef, DataState> states() {
        synchronized (lock) {
            var states = new HashMap<DataRef, DataState>();
            watched.forEach((ref, one) -> states.put(ref, one.state));
            return states;
        }
    }

    /** How many objects are watched. */
    int size() {
        synchronized (lock) {
            return watched.size();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            watched.values().forEach(one -> one.watch.close());
            watched.clear();
            namedBy.clear();
        }
    }
}
