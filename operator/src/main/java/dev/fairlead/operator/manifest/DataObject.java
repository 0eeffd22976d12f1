package dev.fairlead.operator.manifest;

import dev.fairlead.operator.world.ObjectRef;
import java.util.Map;

/**
 * The data of one Secret or ConfigMap.
 *
 * @param type of a Secret; empty for a ConfigMap
 */
record DataObject(ObjectRef ref, String type, Map<String, DataValue> values) {
    DataObject {
        values = Map.copyOf(values);
    }
}
