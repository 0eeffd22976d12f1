package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of a structural schema. Immutable; made by {@link SchemaParser}.
 *
 * @param type nothing where any type is allowed
 * @param intOrString {@code x-kubernetes-int-or-string}
 * @param preserveUnknown {@code x-kubernetes-preserve-unknown-fields}
 * @param additional the schema of values under keys that are not properties; nothing where such keys are unknown fields
 * @param checks what the remaining keywords demand
 * @param keys with {@link ListKind#MAP}: the fields that make an item unique
 */
public record Schema(
        Optional<SchemaType> type,
        boolean nullable,
        boolean intOrString,
        boolean preserveUnknown,
        Map<String, Schema> properties,
        List<String> required,
        Optional<Schema> additional,
        Optional<Schema> items,
        Optional<JsonNode> defaultValue,
        Optional<Format> format,
        List<Check> checks,
        ListKind listKind,
        List<String> keys,
        List<Rule> rules) {
    public Schema {
        properties = Map.copyOf(properties);
        required = List.copyOf(required);
        checks = List.copyOf(checks);
        keys = List.copyOf(keys);
        rules = List.copyOf(rules);
    }

    /** The same schema with these properties instead of its own of the same names. */
    public Schema withProperties(Map<String, Schema> others) {
        var all = new HashMap<>(properties);
        all.putAll(others);
        return new Schema(
                type,
                nullable,
                intOrString,
                preserveUnknown,
                all,
                required,
                additional,
                items,
                defaultValue,
                format,
                checks,
                listKind,
                keys,
                rules);
    }

    /** The schema of the value under {@code key} of an object, if there is one. */
    public Optional<Schema> under(String key) {
        var property = properties.get(key);
        return property == null ? additional : Optional.of(property);
    }
}
