package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;

/** Reads top-level parameters of a request and refuses what OpenAI refuses, in its words. Null counts as absent. */
final class Parameters {

    private final JsonNode root;

    Parameters(JsonNode root) {
        this.root = root;
    }

    /** Refuses the first parameter that is not in {@code known}. */
    void onlyKnown(Set<String> known) throws BadParameter {
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new BadParameter("Unrecognized request argument supplied: " + name, null, null);
            }
        }
    }

    boolean has(String name) {
        return root.hasNonNull(name);
    }

    JsonNode get(String name) {
        return root.path(name);
    }

    JsonNode required(String name) throws BadParameter {
        if (!has(name)) {
            throw new BadParameter("Missing required parameter: '" + name + "'.", name, "missing_required_parameter");
        }
        return root.get(name);
    }

    boolean flag(String name) throws BadParameter {
        if (!has(name)) {
            return false;
        }
        if (!root.get(name).isBoolean()) {
            throw wrongType(name, "a boolean", root.get(name));
        }
        return root.get(name).booleanValue();
    }

    /** A whole number, or {@code otherwise} when absent. */
    long integer(String name, long min, long max, long otherwise) throws BadParameter {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = root.get(name);
        if (!value.isIntegralNumber()) {
            throw wrongType(name, "an integer", value);
        }
        within(name, "integer", value, min, max);
        return value.longValue();
    }

    void number(String name, long min, long max) throws BadParameter {
        if (!has(name)) {
            return;
        }
        if (!root.get(name).isNumber()) {
            throw wrongType(name, "a decimal", root.get(name));
        }
        within(name, "decimal", root.get(name), min, max);
    }

    void object(String name) throws BadParameter {
        if (has(name) && !root.get(name).isObject()) {
            throw wrongType(name, "an object", root.get(name));
        }
    }

    /** A list with at least one entry. */
    void array(String name, String expected) throws BadParameter {
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw wrongType(name, expected, value);
        }
        if (value.isEmpty()) {
            throw new BadParameter(
                    "Invalid '" + name
                            + "': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                    name,
                    "empty_array");
        }
    }

    static BadParameter wrongType(String path, String expected, JsonNode got) {
        return new BadParameter(
                "Invalid type for '" + path + "': expected " + expected + ", but got " + described(got) + " instead.",
                path,
                "invalid_type");
    }

    private static void within(String name, String kind, JsonNode value, long min, long max) throws BadParameter {
        if (value.doubleValue() < min) {
            throw outside(name, kind, "below minimum", ">= " + min, value);
        }
        if (value.doubleValue() > max) {
            throw outside(name, kind, "above maximum", "<= " + max, value);
        }
    }

    private static BadParameter outside(String name, String kind, String side, String bound, JsonNode value) {
        return new BadParameter(
                "Invalid '" + name + "': " + kind + " " + side + " value. Expected a value " + bound + ", but got "
                        + value.asText() + " instead.",
                name,
                kind + "_" + side.replace(' ', '_') + "_value");
    }

    private static String described(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "a string";
            case NUMBER -> node.isIntegralNumber() ? "an integer" : "a decimal";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }
}
