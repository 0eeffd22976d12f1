package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A small JSON value that follows a JSON schema: required properties, first of an enum, least of a number. Good enough
 * for arguments of a function call and for structured answers; deterministic.
 */
final class SchemaSample {

    private static final int DEEPEST = 16;
    private static final int MOST_ITEMS = 100;

    private final JsonNode root;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    SchemaSample(JsonNode root) {
        this.root = root;
    }

    String json() {
        return value(root, 0).toString();
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return nodes.nullNode();
        }
        if (schema.path("$ref").isTextual()) {
            return value(referenced(schema.get("$ref").textValue()), depth + 1);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.get("enum").get(0);
        }
        for (String alternatives : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (!schema.path(alternatives).isEmpty()) {
                return value(schema.get(alternatives).get(0), depth + 1);
            }
        }
        return typed(schema, depth);
    }

    private JsonNode typed(JsonNode schema, int depth) {
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
            case "string" -> nodes.textNode(text(schema.path("minLength").asInt(4)));
            case "integer" -> nodes.numberNode(schema.path("minimum").asLong(1));
            case "number" -> nodes.numberNode(schema.path("minimum").asDouble(1));
            case "boolean" -> nodes.booleanNode(true);
            case "null" -> nodes.nullNode();
            case "array" -> array(schema, depth);
            default -> object(schema, depth);
        };
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = nodes.arrayNode();
        int items = Math.min(MOST_ITEMS, schema.path("minItems").asInt(1));
        for (int i = 0; i < items && schema.has("items"); i++) {
            array.add(value(schema.get("items"), depth + 1));
        }
        return array;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = nodes.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (isRequired(schema, property.getKey())) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        return object;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (name.equals(required.asText())) {
                return true;
            }
        }
        return false;
    }

    private JsonNode referenced(String reference) {
        return reference.startsWith("#") ? root.at(reference.substring(1)) : root.path("absent");
    }

    private static String text(int minLength) {
        return "text".repeat(Math.max(1, Math.min(1000, (minLength + 3) / 4)));
    }
}
