package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Demands of {@code x-kubernetes-list-type} set and map that no item comes twice. */
final class UniqueItems {
    List<Violation> violations(JsonNode list, Schema schema, FieldPath path) {
        List<Violation> found = new ArrayList<>();
        if (schema.listKind() == ListKind.ATOMIC) {
            return found;
        }
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            var identity = identity(list.get(i), schema);
            if (!seen.add(identity)) {
                found.add(Violation.duplicate(path.index(i), identity));
            }
        }
        return found;
    }

    private static JsonNode identity(JsonNode item, Schema schema) {
        if (schema.listKind() == ListKind.SET || !item.isObject()) {
            return item;
        }
        var identity = JsonNodeFactory.instance.objectNode();
        for (var key : schema.keys()) {
            if (item.has(key)) {
                identity.set(key, item.get(key));
            }
        }
        return identity;
    }
}
