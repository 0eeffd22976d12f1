package dev.fairlead.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One Secret or ConfigMap, by its name, or some Secrets, by their labels, for as long as somebody names it. Once it was read, what was read last stays until the
 * API server says otherwise; while it never was, the API server's refusal is the state, and it is asked again for ever, less and
 * less often (every half a minute in the end).
 */
final class DataWatch<T extends HasMetadata> implements ResourceEventHandler<T>, AutoCloseable {
    private static final int FORBIDDEN = 403;

    private final DataRef ref;
    private final SharedIndexInformer<T> informer;
    private final KeyNamespaces namespaces;
    private final Consumer<Supplier<DataState>> listener;
    private final DataDecoder decoder = new DataDecoder();
    private volatile boolean complete;

    /**
     * @param listener hears on the client's threads that the state may be another one, and reads it: the later of two readings is
     *     never the older state, whatever it was that either was called for
     */
    DataWatch(
            DataRef ref,
            SharedIndexInformer<T> informer,
            KeyNamespaces namespaces,
            Consumer<Supplier<DataState>> listener) {
        this.ref = ref;
        this.informer = informer;
        this.namespaces = namespaces;
        this.listener = listener;
    }

    /** Does not wait. */
    void start() {
        informer.exceptionHandler((started, problem) -> {
            if (!started && code(problem) == FORBIDDEN) {
                listener.accept(() -> new DataState.Unreadable(namespaces.forbidden(ref.namespace())));
            }
            return true;
        });
        informer.addEventHandler(this);
        var unused = informer.start().thenRun(() -> {
            complete = true;
            readStore();
        });
    }

    private static int code(Throwable problem) {
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refusal) {
                return refusal.getCode();
            }
        }
        return 0;
    }

    /** The store rather than the event. */
    private void readStore() {
        if (ref.kind() == DataRef.Kind.SELECTION) {
            // Before the first list is complete a part of it would be taken for the whole, and the other keys for gone.
            if (complete) {
                listener.accept(() -> decoder.selected(ref, informer.getStore().list()));
            }
            return;
        }
        listener.accept(() -> decoder.decode(
                ref, informer.getStore().list().stream().findFirst().orElse(null)));
    }

    @Override
    public void onAdd(T added) {
        readStore();
    }

    @Override
    public void onUpdate(T before, T after) {
        readStore();
    }

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {
        readStore();
    }

    @Override
    public void close() {
        informer.stop();
    }
}
