package dev.fairlead.operator.manifest.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a value and everything in it was written: a tree beside the tree of values. An entry of a mapping stands where its key
 * stands. Immutable.
 */
public final class Place {
    private final Position position;
    private final String word;
    private final Map<String, Place> fields;
    private final List<Place> items;

    private Place(Position position, String word, Map<String, Place> fields, List<Place> items) {
        this.position = position;
        this.word = word;
        this.fields = fields;
        this.items = items;
    }

    /** A value with nothing in it; {@code word} is what was written where an unquoted word became something else than text. */
    static Place ofScalar(Position position, String word) {
        return new Place(position, word, Map.of(), List.of());
    }

    static Place ofMapping(Position position, Map<String, Place> fields) {
        return new Place(position, null, fields, List.of());
    }

    static Place ofSequence(Position position, List<Place> items) {
        return new Place(position, null, Map.of(), items);
    }

    /** The same value, standing at the key that names it. */
    Place at(Position key) {
        return new Place(key, word, fields, items);
    }

    public Position position() {
        return position;
    }

    /** The unquoted word that became a boolean, a number or null, as it was written ({@code on}, {@code 0x1F}). */
    public Optional<String> word() {
        return Optional.ofNullable(word);
    }

    /** The place at the end of {@code path}, or of the nearest value above it that was written. */
    public Place nearest(FieldPath path) {
        var place = this;
        for (var step : path.steps()) {
            var next = place.child(step);
            if (next == null) {
                return place;
            }
            place = next;
        }
        return place;
    }

    /** The place exactly at the end of {@code path}, if something was written there. */
    public Optional<Place> exact(FieldPath path) {
        var place = this;
        for (var step : path.steps()) {
            place = place.child(step);
            if (place == null) {
                return Optional.empty();
            }
        }
        return Optional.of(place);
    }

    private Place child(FieldPath.Step step) {
        if (step instanceof FieldPath.Step.Field field) {
            return fields.get(field.name());
        }
        if (step instanceof FieldPath.Step.Key key) {
            return fields.get(key.key());
        }
        var index = ((FieldPath.Step.Index) step).index();
        return index < items.size() ? items.get(index) : null;
    }
}
