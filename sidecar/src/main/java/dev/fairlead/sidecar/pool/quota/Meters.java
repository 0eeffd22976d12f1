package dev.fairlead.sidecar.pool.quota;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The meters of one pool. What stays the same limit keeps what it has counted; where only its models have changed, the new limit
 * goes on from the old one's count, since the provider does.
 */
final class Meters {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** What the latest configuration does not name any more. */
    private final List<Entry> left = new ArrayList<>();

    /**
     * @param owner the account or the key that it is a limit of
     * @param models patterns, none for every model
     */
    private record Entry(Meter meter, String owner, List<String> models) {
        boolean mayBe(Dimension dimension, String ofOwner, List<String> ofModels) {
            return meter.dimension() == dimension && owner.equals(ofOwner) && overlap(models, ofModels);
        }

        private static boolean overlap(List<String> some, List<String> others) {
            return some.isEmpty() || others.isEmpty() || some.stream().anyMatch(others::contains);
        }
    }

    /** Accounts or keys go by another name in the configuration that comes; by the former ones. */
    void rename(Map<String, String> owners) {
        entries.replaceAll((name, entry) -> owners.containsKey(entry.owner)
                ? new Entry(entry.meter, owners.get(entry.owner), entry.models)
                : entry);
    }

    /** A configuration comes into force that has just these. */
    void begin(Set<String> names) {
        left.clear();
        entries.entrySet().removeIf(named -> {
            boolean gone = !names.contains(named.getKey());
            if (gone) {
                named.getValue().meter().endCarryOver();
                left.add(named.getValue());
            }
            return gone;
        });
    }

    /** The meter of that name: the one that there is, one that had another name because of its models, or a new one. */
    Meter of(String name, Dimension dimension, String owner, List<String> models, long nowMs) {
        var known = entries.get(name);
        if (known == null) {
            known = new Entry(takenOver(name, dimension, owner, models, nowMs), owner, models);
            entries.put(name, known);
        }
        return known.meter();
    }

    private Meter takenOver(String name, Dimension dimension, String owner, List<String> models, long nowMs) {
        var before = left.stream()
                .filter(entry -> entry.mayBe(dimension, owner, models))
                .max(Comparator.comparingLong(entry -> entry.meter().used(nowMs)));
        if (before.isEmpty()) {
            return Meter.of(name, dimension, nowMs);
        }
        left.remove(before.get());
        before.get().meter().rename(name);
        return before.get().meter();
    }

    /** The meter of that name; {@code null} for none. */
    Meter get(String name) {
        var entry = entries.get(name);
        return entry == null ? null : entry.meter();
    }

    Collection<Meter> all() {
        var all = new ArrayList<Meter>(entries.size());
        entries.values().forEach(entry -> all.add(entry.meter()));
        return all;
    }
}
