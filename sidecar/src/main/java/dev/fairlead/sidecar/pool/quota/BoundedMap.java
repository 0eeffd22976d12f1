package dev.fairlead.sidecar.pool.quota;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * State by the name of a model. Clients choose such names where a route takes any: what is idle makes room for the new. What has
 * made room is still known as long as somebody else holds it, since it may be used again.
 */
final class BoundedMap<V> {
    private static final int MOST = 512;

    private final Map<String, V> values = new LinkedHashMap<>();
    private final Map<String, WeakReference<V>> dropped = new HashMap<>(0);
    private int lookAt = MOST;

    V get(String name) {
        var value = values.get(name);
        if (value != null || dropped.isEmpty()) {
            return value;
        }
        var held = dropped.get(name);
        return held == null ? null : held.get();
    }

    /** All that may be in use. */
    Collection<V> values() {
        if (dropped.isEmpty()) {
            return values.values();
        }
        var all = new ArrayList<>(values.values());
        dropped.values().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .forEach(all::add);
        return all;
    }

    /** @param idle what may be dropped */
    void put(String name, V value, Predicate<V> idle) {
        if (values.size() >= MOST) {
            values.entrySet().stream()
                    .filter(entry -> idle.test(entry.getValue()))
                    .findFirst()
                    .ifPresent(entry -> drop(entry.getKey()));
        }
        dropped.remove(name);
        values.put(name, value);
    }

    private void drop(String name) {
        dropped.put(name, new WeakReference<>(values.remove(name)));
        if (dropped.size() >= lookAt) {
            dropped.values().removeIf(held -> held.get() == null);
            lookAt = MOST + 2 * dropped.size();
        }
    }
}
