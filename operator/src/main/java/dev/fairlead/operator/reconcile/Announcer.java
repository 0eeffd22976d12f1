package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.List;

/** Turns what has changed about an object into Events. Safe on every thread. */
final class Announcer {
    private final Events events;

    Announcer(Events events) {
        this.events = events;
    }

    void announce(HasMetadata object, List<Condition> before, List<Condition> now) {
        var metadata = object.getMetadata();
        var regarding = new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .build();
        Transitions.between(before, now)
                .forEach(news -> events.emit(regarding, news.type(), news.reason(), news.message()));
    }
}
