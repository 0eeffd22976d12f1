package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Turns what has changed about an object into Events. Safe on every thread. */
final class Announcer {
    private final Events events;

    Announcer(Events events) {
        this.events = events;
    }

    void announce(HasMetadata object, List<Condition> before, List<Condition> now, List<Transitions.News> more) {
        var metadata = object.getMetadata();
        var regarding = new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .build();
        Stream.concat(Transitions.between(before, now).stream(), more.stream())
                .forEach(news -> events.emit(regarding, news.type(), news.reason(), news.message()));
    }
}
