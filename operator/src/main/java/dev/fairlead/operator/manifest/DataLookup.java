package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.ValueResult.Found;
import dev.fairlead.operator.manifest.ValueResult.Reason;
import dev.fairlead.operator.manifest.ValueResult.Unusable;
import dev.fairlead.operator.manifest.schema.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds values in the data of one kind of object, and words what is wrong when there is none. */
final class DataLookup {
    private final String kind;
    private final Map<ObjectRef, DataObject> objects;
    private final Set<ObjectRef> refused;

    DataLookup(String kind, List<DataObject> objects, Set<ObjectRef> refused) {
        this.kind = kind;
        this.objects = objects.stream().collect(Collectors.toUnmodifiableMap(DataObject::ref, Function.identity()));
        this.refused = Set.copyOf(refused);
    }

    ValueResult find(String namespace, String name, String key) {
        var ref = new ObjectRef(kind, namespace, name);
        var object = objects.get(ref);
        if (object == null) {
            return refused.contains(ref)
                    ? new Unusable(Reason.OBJECT_REFUSED, ref + " has errors of its own")
                    : new Unusable(Reason.NO_OBJECT, ref + " does not exist");
        }
        if (!object.type().isEmpty() && !object.type().equals("Opaque")) {
            return new Unusable(
                    Reason.WRONG_TYPE, ref + " has type " + object.type() + ": only Secrets of type Opaque are read");
        }
        var value = object.values().get(key);
        if (value instanceof DataValue.Broken broken) {
            return unusable(ref, key, broken.reason(), broken.why());
        }
        if (!(value instanceof DataValue.Text text)) {
            String hint = new Spelling(object.values().keySet()).hint(key);
            return new Unusable(Reason.NO_KEY, ref + " has no key '" + key + "'" + hint);
        }
        return text.text().isEmpty() ? unusable(ref, key, Reason.EMPTY, "the value is empty") : new Found(text.text());
    }

    static Unusable unusable(ObjectRef ref, String key, Reason reason, String why) {
        return new Unusable(reason, ref + " key '" + key + "': " + why);
    }

    @Override
    public String toString() {
        return kind + "s" + objects.keySet();
    }
}
