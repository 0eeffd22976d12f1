package dev.fairlead.sidecar.pool.quota;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * State by the name of a model. Clients choose such names where a route takes any: what is idle makes room for the new, and what
 * is not when there is twice as much as there should be. What has made room is still known as long as somebody else holds it,
 * since it may be used again.
 */
final class BoundedMap<V> {
    private final Map<String, V> values = new LinkedHashMap<>();
    private final Map<String, Dropped<V>> dropped = new HashMap<>(0);
    private final ReferenceQueue<V> heldNoMore = new ReferenceQueue<>();

    private static final class Dropped<V> extends WeakReference<V> {
        final String name;

        Dropped(String name, V value, ReferenceQueue<V> heldNoMore) {
            super(value, heldNoMore);
            this.name = name;
        }
    }

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

    /**
     * @param most how many there should be
     * @param idle what may be dropped
     */
    void put(String name, V value, int most, Predicate<V> idle) {
        for (var gone = heldNoMore.poll(); gone != null; gone = heldNoMore.poll()) {
            dropped.remove(((Dropped<?>) gone).name, gone);
        }
        while (values.size() >= most) {
            var drops = values.entrySet().stream()
                    .filter(entry -> idle.test(entry.getValue()))
                    .findFirst();
            if (drops.isEmpty() && values.size() < 2 * most) {
                break;
            }
            drop(drops.orElseGet(() -> values.entrySet().iterator().next()).getKey());
        }
        dropped.remove(name);
        values.put(name, value);
    }

    private void drop(String name) {
        dropped.put(name, new Dropped<>(name, values.remove(name), heldNoMore));
    }
}
