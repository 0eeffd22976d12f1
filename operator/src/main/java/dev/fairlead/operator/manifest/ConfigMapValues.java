package dev.fairlead.operator.manifest;

import java.util.List;
import java.util.Set;

/** What the ConfigMaps of a folder hold under {@code data}. Immutable. */
public final class ConfigMapValues {
    private final DataLookup lookup;

    ConfigMapValues(List<DataObject> configMaps, Set<ObjectRef> refused) {
        this.lookup = new DataLookup("ConfigMap", configMaps, refused);
    }

    /** A text as it is, with the environment filled in. */
    public ValueResult text(String namespace, String name, String key) {
        return lookup.find(namespace, name, key);
    }

    @Override
    public String toString() {
        return lookup.toString();
    }
}
