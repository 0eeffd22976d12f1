package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has objects of one kind reconciled that did not change themselves. */
final class Nudges<R extends HasMetadata> extends AbstractEventSource<Void, R> {
    private static final Logger LOG = LoggerFactory.getLogger(Nudges.class);

    private final IndexerResourceCache<R> objects;
    private final Predicate<R> due;

    Nudges(IndexerResourceCache<R> objects, Predicate<R> due) {
        super(Void.class, "nudges");
        this.objects = objects;
        this.due = due;
    }

    /** @param all or only those that are due */
    void fire(boolean all) {
        if (isRunning()) {
            objects.list()
                    .filter(object -> all || due(object))
                    .forEach(object -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(object))));
        }
    }

    /** One that cannot be judged is due: its reconciliation fails, and is logged and tried again by itself. */
    private boolean due(R object) {
        try {
            return due.test(object);
        } catch (RuntimeException e) {
            LOG.atDebug()
                    .setCause(e)
                    .addKeyValue("object", ResourceID.fromResource(object))
                    .log("status could not be judged");
            return true;
        }
    }

    @Override
    public Set<Void> getSecondaryResources(R primary) {
        return Set.of();
    }
}
