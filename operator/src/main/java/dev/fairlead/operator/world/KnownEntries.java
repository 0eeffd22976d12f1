package dev.fairlead.operator.world;

import java.util.HashMap;
import java.util.Map;

/** Entries that are all in memory. */
public final class KnownEntries implements EntryLookup {
    private final Kind kind;
    private final Map<String, Map<String, Entry>> objects = new HashMap<>();

    /** @param objects by {@code namespace/name}, the entries of each by their key */
    public KnownEntries(Kind kind, Map<String, ? extends Map<String, ? extends Entry>> objects) {
        this.kind = kind;
        objects.forEach((id, entries) -> this.objects.put(id, Map.copyOf(entries)));
    }

    @Override
    public Entry find(String namespace, String name, String key) {
        String id = namespace + "/" + name;
        var entries = objects.get(id);
        if (entries == null) {
            return new Entry.Missing(kind.noObject, kind.noun + " '" + id + "' does not exist");
        }
        var entry = entries.get(key);
        return entry != null
                ? entry
                : new Entry.Missing(kind.noKey, kind.noun + " '" + id + "' has no key '" + key + "'");
    }

    /** Whose entries these are. */
    public enum Kind {
        SECRET("Secret", Reason.SECRET_NOT_FOUND, Reason.SECRET_KEY_NOT_FOUND),
        CONFIG_MAP("ConfigMap", Reason.CONFIG_MAP_NOT_FOUND, Reason.CONFIG_MAP_KEY_NOT_FOUND);

        private final String noun;
        private final Reason noObject;
        private final Reason noKey;

        Kind(String noun, Reason noObject, Reason noKey) {
            this.noun = noun;
            this.noObject = noObject;
            this.noKey = noKey;
        }
    }
}
