package dev.fairlead.sidecar.pool.quota;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** State by the name of a model. Clients choose such names where a route takes any: what is idle makes room for the new. */
final class BoundedMap<V> {
    private static final int MOST = 512;

    private final Map<String, V> values = new LinkedHashMap<>();

    V get(String name) {
        return values.get(name);
    }

    Collection<V> values() {
        return values.values();
    }

    /** @param idle what may be dropped */
    void put(String name, V value, Predicate<V> idle) {
        if (values.size() >= MOST) {
            values.values().stream().filter(idle).findFirst().ifPresent(values.values()::remove);
        }
        values.put(name, value);
    }
}
