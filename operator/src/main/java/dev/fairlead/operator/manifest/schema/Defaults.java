package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Fills in the defaults of a schema, from the top down: a default inside an object that is itself absent and has no default is
 * not applied. A null where null is not allowed counts as absent.
 */
final class Defaults {
    void fill(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            fillObject(object, schema);
        } else if (value instanceof ArrayNode array && schema.items().isPresent()) {
            var items = schema.items().get();
            for (int i = 0; i < array.size(); i++) {
                if (isAbsent(array.get(i), items) && items.defaultValue().isPresent()) {
                    array.set(i, items.defaultValue().get().deepCopy());
                }
                fill(array.get(i), items);
            }
        }
    }

    private void fillObject(ObjectNode object, Schema schema) {
        for (var name : List.copyOf(names(object))) {
            if (schema.under(name)
                    .filter(child -> isAbsent(object.get(name), child))
                    .isPresent()) {
                object.remove(name);
                // An entry of a map stays an entry if it has a default to become.
                schema.under(name).flatMap(Schema::defaultValue).ifPresent(value -> object.set(name, value.deepCopy()));
            }
        }
        schema.properties().forEach((name, property) -> {
            if (property.defaultValue().isPresent() && !object.has(name)) {
                object.set(name, property.defaultValue().get().deepCopy());
            }
        });
        for (var name : names(object)) {
            schema.under(name).ifPresent(child -> fill(object.get(name), child));
        }
    }

    private static boolean isAbsent(JsonNode value, Schema schema) {
        return value.isNull() && !schema.nullable();
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(entry -> entry.getKey()).toList();
    }
}
