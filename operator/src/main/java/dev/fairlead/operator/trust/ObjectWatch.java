package dev.fairlead.operator.trust;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Consumer;

/** Follows one object by its name for as long as the process lives, whatever the API server does meanwhile. */
final class ObjectWatch<T extends HasMetadata> implements AutoCloseable {
    private final SharedIndexInformer<T> informer;

    /** @param seen gets the object as it now is, {@code null} once it is gone; on one thread of the client, must not block */
    ObjectWatch(Resource<T> object, Consumer<T> seen) {
        informer = object.runnableInformer(0);
        informer.exceptionHandler((isStarted, failure) -> true);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T now) {
                seen.accept(now);
            }

            @Override
            public void onUpdate(T before, T now) {
                seen.accept(now);
            }

            @Override
            public void onDelete(T last, boolean unknown) {
                seen.accept(null);
            }
        });
    }

    /** Returns at once; until the API server answers it is asked again and again. */
    void start() {
        informer.start();
    }

    /** Whether the object, or that there is none, has been read. */
    boolean hasSynced() {
        return informer.hasSynced();
    }

    @Override
    public void close() {
        informer.stop();
    }
}
