package dev.fairlead.operator.simulate.books;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;

/** Counts by the constants of an enum; each is written, also at 0. */
final class EnumTally<E extends Enum<E>> {

    private final Map<E, long[]> counts;

    EnumTally(Class<E> type) {
        counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, new long[1]);
        }
    }

    void add(E constant) {
        counts.get(constant)[0]++;
    }

    void writeTo(ObjectNode node) {
        counts.forEach((constant, count) -> node.put(constant.name(), count[0]));
    }
}
