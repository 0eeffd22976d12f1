package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.schema.Spelling;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The entries of the Secrets, or of the ConfigMaps, of a folder. Immutable; shows no value by itself. */
final class DataEntries implements EntryLookup {
    private final String kind;
    private final Reason noObject;
    private final Reason noKey;
    private final Map<ObjectRef, DataObject> objects;
    private final Set<ObjectRef> refused;

    private DataEntries(String kind, Reason noObject, Reason noKey, List<DataObject> objects, Set<ObjectRef> refused) {
        this.kind = kind;
        this.noObject = noObject;
        this.noKey = noKey;
        this.objects = objects.stream()
                .filter(object -> object.ref().kind().equals(kind))
                .collect(Collectors.toUnmodifiableMap(DataObject::ref, Function.identity()));
        this.refused = Set.copyOf(refused);
    }

    static DataEntries ofSecrets(List<DataObject> objects, Set<ObjectRef> refused) {
        return new DataEntries("Secret", Reason.SECRET_NOT_FOUND, Reason.SECRET_KEY_NOT_FOUND, objects, refused);
    }

    static DataEntries ofConfigMaps(List<DataObject> objects, Set<ObjectRef> refused) {
        return new DataEntries(
                "ConfigMap", Reason.CONFIG_MAP_NOT_FOUND, Reason.CONFIG_MAP_KEY_NOT_FOUND, objects, refused);
    }

    @Override
    public Entry find(String namespace, String name, String key) {
        var ref = new ObjectRef(kind, namespace, name);
        String noun = kind + " '" + ref.id() + "'";
        var object = objects.get(ref);
        if (object == null) {
            return refused.contains(ref)
                    ? new Entry.Missing(Reason.REF_NOT_ACCEPTED, noun + " has an error of its own")
                    : new Entry.Missing(noObject, noun + " does not exist");
        }
        if (!object.type().isEmpty() && !object.type().equals("Opaque")) {
            return new Entry.Missing(
                    Reason.SECRET_INVALID,
                    noun + " has type " + object.type() + ": only Secrets of type Opaque are read");
        }
        var value = object.values().get(key);
        if (value instanceof DataValue.Text text) {
            return new Entry.Value(text.text());
        }
        if (value instanceof DataValue.Broken broken) {
            return new Entry.Missing(broken.reason(), "key '" + key + "' of " + noun + ": " + broken.why());
        }
        String hint = new Spelling(object.values().keySet()).hint(key);
        return new Entry.Missing(noKey, noun + " has no key '" + key + "'" + hint);
    }

    @Override
    public String toString() {
        return kind + "s" + objects.keySet();
    }
}
