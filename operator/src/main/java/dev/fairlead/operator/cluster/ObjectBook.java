package dev.fairlead.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * All objects of one kind as they were last seen. An informer fills it, and never stops: whatever goes wrong is tried again.
 * Guarded by the lock that it is given.
 */
final class ObjectBook<T extends HasMetadata> implements ResourceEventHandler<T>, AutoCloseable {
    private final SharedIndexInformer<T> informer;
    private final Object lock;
    private final Change<T> change;
    private final Runnable changed;
    private final Map<String, T> objects = new TreeMap<>();

    /** @param changed called, without the lock, after a change that matters */
    ObjectBook(SharedIndexInformer<T> informer, Object lock, Change<T> change, Runnable changed) {
        this.informer = informer;
        this.lock = lock;
        this.change = change;
        this.changed = changed;
    }

    /** Does not wait. The stage ends when everything that was there has been noted. */
    CompletionStage<Void> start() {
        informer.exceptionHandler((started, problem) -> true);
        informer.addEventHandler(this);
        return informer.start().thenRun(() -> informer.getStore().list().forEach(this::look));
    }

    List<T> all() {
        synchronized (lock) {
            return List.copyOf(objects.values());
        }
    }

    /** The store rather than the event: it is never older, whichever thread comes first. */
    private void look(T seen) {
        String key = Cache.metaNamespaceKeyFunc(seen);
        T before;
        T after;
        boolean matters;
        synchronized (lock) {
            after = informer.getStore().getByKey(key);
            before = after == null ? objects.remove(key) : objects.put(key, after);
            if (before == after) {
                return;
            }
            matters = change.noted(before, after);
        }
        change.tell(before, after);
        if (matters) {
            changed.run();
        }
    }

    @Override
    public void onAdd(T added) {
        look(added);
    }

    @Override
    public void onUpdate(T before, T after) {
        look(after);
    }

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {
        look(deleted);
    }

    @Override
    public void close() {
        informer.stop();
    }
}
