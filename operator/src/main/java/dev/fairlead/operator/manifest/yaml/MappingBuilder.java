package dev.fairlead.operator.manifest.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the entries of one mapping: no key twice, and merged keys only where there is no own one. */
final class MappingBuilder {
    private static final int NODE_WEIGHT = 8;

    /** Nobody reads more of the same, and a file can hold half a million. */
    private static final int MOST_PROBLEMS = 100;

    private final ObjectNode own = JsonNodeFactory.instance.objectNode();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Composed> merged = new ArrayList<>();
    private final List<YamlProblem> problems;
    private long weight = NODE_WEIGHT;
    private int height;

    MappingBuilder(List<YamlProblem> problems) {
        this.problems = problems;
    }

    void put(String key, Composed value, Position at) {
        var first = places.get(key);
        if (first != null) {
            if (problems.size() >= MOST_PROBLEMS) {
                return;
            }
            problems.add(new YamlProblem(
                    at,
                    "duplicate key \"" + key + "\": it is given on line "
                            + first.position().line() + " already"));
            return;
        }
        own.set(key, value.value());
        places.put(key, value.place().at(at));
        grow(value);
        weight += key.length();
    }

    void merge(Composed value, Position at) throws Unreadable {
        if (value.value().isObject()) {
            merged.add(value);
        } else if (value.value().isArray() && allObjects(value)) {
            for (int i = 0; i < value.value().size(); i++) {
                var place = value.place().nearest(FieldPath.ROOT.index(i));
                merged.add(new Composed(value.value().get(i), place, 0, 0));
            }
        } else {
            throw new Unreadable(at, "'<<' takes a mapping, or a list of mappings, to merge");
        }
        grow(value);
    }

    long weight() {
        return weight;
    }

    Composed build(Position start) {
        for (var other : merged) {
            for (var entry : other.value().properties()) {
                if (own.get(entry.getKey()) == null) {
                    own.set(entry.getKey(), entry.getValue());
                    places.put(entry.getKey(), other.place().nearest(FieldPath.of(entry.getKey())));
                }
            }
        }
        return new Composed(own, Place.ofMapping(start, Map.copyOf(places)), weight, height + 1);
    }

    private void grow(Composed value) {
        weight += value.weight();
        height = Math.max(height, value.height());
    }

    private static boolean allObjects(Composed list) {
        for (var item : list.value()) {
            if (!item.isObject()) {
                return false;
            }
        }
        return true;
    }
}
