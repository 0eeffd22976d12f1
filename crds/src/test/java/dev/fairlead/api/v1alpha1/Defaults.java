package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a schema's defaults make of a manifest, written down apart from any engine, to compare engines with. */
final class Defaults {
    JsonNode apply(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                if (!object.has(property.getKey()) && property.getValue().has("default")) {
                    object.set(
                            property.getKey(),
                            property.getValue().get("default").deepCopy());
                }
                if (object.has(property.getKey())) {
                    apply(object.get(property.getKey()), property.getValue());
                }
            });
        }
        if (value.isArray()) {
            value.forEach(item -> apply(item, schema.path("items")));
        }
        return value;
    }
}
