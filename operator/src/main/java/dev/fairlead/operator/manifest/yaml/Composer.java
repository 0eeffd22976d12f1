package dev.fairlead.operator.manifest.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds one document from the parser's events. Used once. */
final class Composer {
    /** Deeper than anything Kubernetes stores, and shallow enough for every recursion over the result. */
    static final int MAX_HEIGHT = 100;

    /** No file of 3 MiB reaches this without aliases. */
    static final long MAX_WEIGHT = 16L * 1024 * 1024;

    private static final int NODE_WEIGHT = 8;

    private final EventSource events;
    private final KubernetesScalars scalars;
    private final Map<Anchor, Composed> anchors = new HashMap<>();
    private final List<YamlProblem> problems = new ArrayList<>();

    Composer(EventSource events, KubernetesScalars scalars) {
        this.events = events;
        this.scalars = scalars;
    }

    /** The document, or nothing if there is none (only comments, or null). */
    Optional<YamlDocument> only() throws Unreadable {
        Composed root = null;
        // The splitter leaves at most one document in a text; what follows its end is an error of the parser's.
        for (var event = events.next(); event.getEventId() != Event.ID.StreamEnd; event = events.next()) {
            if (event.getEventId() == Event.ID.DocumentStart) {
                root = node(events.next(), 1);
            }
        }
        return root == null || root.value().isNull()
                ? Optional.empty()
                : Optional.of(new YamlDocument(root.value(), root.place(), problems));
    }

    private Composed node(Event event, int depth) throws Unreadable {
        if (depth > MAX_HEIGHT) {
            throw tooDeep(position(event));
        }
        if (event instanceof AliasEvent alias) {
            return target(alias);
        }
        Composed composed;
        if (event instanceof ScalarEvent scalar) {
            composed = scalar(scalar);
        } else if (event instanceof SequenceStartEvent) {
            composed = sequence(event, depth);
        } else {
            composed = mapping((MappingStartEvent) event, depth);
        }
        if (composed.height() > MAX_HEIGHT) {
            throw tooDeep(position(event));
        }
        // Not before it is complete: an alias inside its own anchor finds nothing.
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, composed));
        return composed;
    }

    private Composed target(AliasEvent alias) throws Unreadable {
        var target = anchors.get(alias.getAlias());
        if (target == null) {
            throw new Unreadable(
                    position(alias),
                    "a text beginning with '*' refers to an anchor ('&') that is not defined above, or contains itself;"
                            + " put it in quotes if it is meant as text");
        }
        return target.at(position(alias));
    }

    private Composed scalar(ScalarEvent event) throws Unreadable {
        var position = position(event);
        JsonNode value = scalars.resolve(event, position);
        var place = Place.ofScalar(position, value.isTextual() ? null : event.getValue());
        return new Composed(value, place, NODE_WEIGHT + (long) event.getValue().length(), 1);
    }

    private Composed sequence(Event start, int depth) throws Unreadable {
        var array = JsonNodeFactory.instance.arrayNode();
        List<Place> places = new ArrayList<>();
        long weight = NODE_WEIGHT;
        int height = 0;
        for (var event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            var item = node(event, depth + 1);
            array.add(item.value());
            places.add(item.place());
            weight = bounded(weight + item.weight(), event);
            height = Math.max(height, item.height());
        }
        return new Composed(array, Place.ofSequence(position(start), List.copyOf(places)), weight, height + 1);
    }

    private Composed mapping(MappingStartEvent start, int depth) throws Unreadable {
        var mapping = new MappingBuilder(problems);
        for (var event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            var at = position(event);
            if (isMerge(event)) {
                mapping.merge(node(events.next(), depth + 1), at);
            } else {
                mapping.put(key(event), node(events.next(), depth + 1), at);
            }
            bounded(mapping.weight(), event);
        }
        return mapping.build(position(start));
    }

    private static boolean isMerge(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.getValue().equals("<<")
                && scalar.getImplicit().canOmitTagInPlainScalar();
    }

    private String key(Event event) throws Unreadable {
        var composed = event instanceof AliasEvent alias ? target(alias) : null;
        if (event instanceof ScalarEvent) {
            composed = node(event, 1);
        }
        if (composed == null || composed.value().isContainerNode()) {
            throw new Unreadable(position(event), "a key must be a text, not a list or a mapping");
        }
        if (composed.value().isNull()) {
            throw new Unreadable(position(event), "a key must be a text, not null");
        }
        return composed.value().asText();
    }

    private long bounded(long weight, Event event) throws Unreadable {
        if (weight > MAX_WEIGHT) {
            throw new Unreadable(position(event), "aliases ('*') make this document too large: write less of it twice");
        }
        return weight;
    }

    private static Unreadable tooDeep(Position position) {
        return new Unreadable(position, "nested more than " + MAX_HEIGHT + " levels deep");
    }

    private Position position(Event event) {
        return events.position(event);
    }
}
