package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One JSON object of a provider file, read field by field; what is missing, of the wrong type or never asked for is named
 * with its place. By hand rather than by data binding, whose start-up costs more than all files together.
 */
final class StrictObject {
    private final String place;
    private final JsonNode node;
    private final Set<String> asked = new HashSet<>();

    StrictObject(String place, JsonNode node) {
        this.place = place;
        this.node = node;
        if (!node.isObject()) {
            throw wrong("", "must be an object");
        }
        // Everybody may say where the facts come from.
        asked.add("about");
    }

    String text(String field) {
        String value = textOrNull(field);
        if (value == null) {
            throw wrong("." + field, "is missing");
        }
        return value;
    }

    /** {@code null} when absent. */
    String textOrNull(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isTextual()) {
            throw wrong("." + field, "must be a string");
        }
        return value == null ? null : value.textValue();
    }

    boolean flag(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            throw wrong("." + field, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    /** A whole number from 0; 0 when absent. */
    long count(String field) {
        JsonNode value = value(field);
        if (value != null && (!value.isIntegralNumber() || value.longValue() < 0)) {
            throw wrong("." + field, "must be a whole number from 0");
        }
        return value == null ? 0 : value.longValue();
    }

    /** Empty when absent. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(field)) {
            if (!item.isTextual()) {
                throw wrong("." + field, "must be a list of strings");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    StrictObject object(String field) {
        JsonNode value = value(field);
        if (value == null) {
            throw wrong("." + field, "is missing");
        }
        return new StrictObject(place + "." + field, value);
    }

    boolean has(String field) {
        return value(field) != null;
    }

    /** Empty when absent. */
    List<StrictObject> objects(String field) {
        List<StrictObject> objects = new ArrayList<>();
        for (JsonNode item : items(field)) {
            objects.add(new StrictObject(place + "." + field + "[" + objects.size() + "]", item));
        }
        return objects;
    }

    /** An enum constant by its name in lower case; {@code null} when absent. */
    <E extends Enum<E>> E constantOrNull(String field, Class<E> type) {
        String value = textOrNull(field);
        return value == null ? null : constant(field, value, type);
    }

    <E extends Enum<E>> E constant(String field, Class<E> type) {
        return constant(field, text(field), type);
    }

    <E extends Enum<E>> List<E> constants(String field, Class<E> type) {
        return texts(field).stream().map(v -> constant(field, v, type)).toList();
    }

    /** To be called when all fields have been asked for. */
    void refuseOthers() {
        node.fieldNames().forEachRemaining(field -> {
            if (!asked.contains(field)) {
                throw wrong("." + field, "is not a known field");
            }
        });
    }

    IllegalStateException wrong(String where, String what) {
        return new IllegalStateException(place + where + " " + what);
    }

    private <E extends Enum<E>> E constant(String field, String value, Class<E> type) {
        List<String> allowed = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(value)) {
                return constant;
            }
            allowed.add(name);
        }
        throw wrong("." + field, "is '" + value + "', expected one of " + String.join(", ", allowed));
    }

    private JsonNode value(String field) {
        asked.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private Iterable<JsonNode> items(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isArray()) {
            throw wrong("." + field, "must be a list");
        }
        return value == null ? List.of() : value;
    }
}
