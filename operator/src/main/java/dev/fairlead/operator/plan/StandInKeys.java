package dev.fairlead.operator.plan;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.PoolKey;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.SecretSearch;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Secrets in which every key that a pool names is found: one that is missing is made up, another than every other. */
final class StandInKeys implements EntryLookup {
    private final EntryLookup found;
    private final Set<Place> places;
    private final Set<String> missing = new TreeSet<>();

    private record Place(String namespace, String secret, String entry) {}

    private StandInKeys(EntryLookup found, Set<Place> places) {
        this.found = found;
        this.places = places;
    }

    static StandInKeys of(World world) {
        return new StandInKeys(
                world.secrets(),
                world.keyPools().stream()
                        .filter(pool -> pool.getSpec() != null)
                        .flatMap(pool -> pool.getSpec().getKeys().stream()
                                .filter(Objects::nonNull)
                                .map(key -> place(pool, key)))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    private static Place place(KeyPool pool, PoolKey key) {
        var ref = key.getSecretRef();
        if (ref == null || ref.getName() == null) {
            return null;
        }
        var entry = ref.getKey() == null ? LabelledSecret.ENTRY : ref.getKey();
        return new Place(pool.getMetadata().getNamespace(), ref.getName(), entry);
    }

    @Override
    public Entry find(String namespace, String name, String key) {
        var entry = found.find(namespace, name, key);
        if (entry instanceof Entry.Missing gap && places.contains(new Place(namespace, name, key))) {
            missing.add(gap.message());
            return new Entry.Value("stands-in-for-" + namespace + "-" + name + "-" + key);
        }
        return entry;
    }

    @Override
    public SecretSearch search(String namespace, LabelSelector selector) {
        return found.search(namespace, selector);
    }

    /** What was made up so far, for people. */
    List<String> notes() {
        return missing.stream()
                .map(gap -> "A made-up key stands in for one that is missing: " + gap)
                .toList();
    }
}
