package dev.fairlead.operator.simulate.books;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Counts by name. */
final class Tally {

    private final Map<String, long[]> counts = new TreeMap<>();

    void add(String name) {
        counts.computeIfAbsent(name, unused -> new long[1])[0]++;
    }

    void writeTo(ObjectNode node) {
        counts.forEach((name, count) -> node.put(name, count[0]));
    }
}
