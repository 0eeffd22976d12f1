package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code openAPIV3Schema} of a CRD. */
public final class SchemaParser {
    private static final Set<String> APPLIED = Set.of(
            "type",
            "nullable",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "default",
            "format",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-validations");

    /** Words for people, and how server-side apply merges: nothing here depends on them. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("description", "title", "example", "externalDocs", "x-kubernetes-map-type");

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException if it uses a keyword that is not applied here, naming where
     */
    public Schema parse(JsonNode schema) {
        return parse(schema, FieldPath.ROOT);
    }

    private Schema parse(JsonNode schema, FieldPath path) {
        try {
            boolean intOrString = schema.path("x-kubernetes-int-or-string").asBoolean();
            for (var keyword : schema.properties()) {
                requireKnown(keyword.getKey(), intOrString);
            }
            return new Schema(
                    text(schema, "type").map(SchemaType::of),
                    schema.path("nullable").asBoolean(),
                    intOrString,
                    schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
                    properties(schema, path),
                    texts(schema.path("required")),
                    additional(schema, path),
                    Optional.ofNullable(schema.get("items")).map(items -> parse(items, path.key("*"))),
                    Optional.ofNullable(schema.get("default")),
                    text(schema, "format").map(Format::of),
                    checks(schema),
                    ListKind.valueOf(text(schema, "x-kubernetes-list-type")
                            .orElse("atomic")
                            .toUpperCase(Locale.ROOT)),
                    texts(schema.path("x-kubernetes-list-map-keys")),
                    rules(schema));
        } catch (UnsupportedSchemaException e) {
            throw e;
        } catch (IllegalArgumentException | PatternSyntaxException e) {
            throw new UnsupportedSchemaException("schema of '" + path + "': " + e.getMessage(), e);
        }
    }

    private static void requireKnown(String keyword, boolean intOrString) {
        // The API server demands this anyOf of integer and string beside int-or-string; it adds nothing.
        boolean known = APPLIED.contains(keyword)
                || WITHOUT_EFFECT.contains(keyword)
                || (intOrString && keyword.equals("anyOf"));
        if (!known) {
            throw new IllegalArgumentException("keyword '" + keyword + "' is not applied here");
        }
    }

    private Map<String, Schema> properties(JsonNode schema, FieldPath path) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (var property : schema.path("properties").properties()) {
            properties.put(property.getKey(), parse(property.getValue(), path.field(property.getKey())));
        }
        return properties;
    }

    private Optional<Schema> additional(JsonNode schema, FieldPath path) {
        var additional = schema.path("additionalProperties");
        if (additional.isBoolean()) {
            return additional.asBoolean() ? Optional.of(anything()) : Optional.empty();
        }
        return additional.isObject() ? Optional.of(parse(additional, path.key("*"))) : Optional.empty();
    }

    private static Schema anything() {
        return new Schema(
                Optional.empty(),
                true,
                false,
                true,
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                ListKind.ATOMIC,
                List.of(),
                List.of());
    }

    private static List<Check> checks(JsonNode schema) {
        List<Check> checks = new ArrayList<>();
        text(schema, "format").map(Format::of).ifPresent(checks::add);
        if (schema.has("enum")) {
            checks.add(new AllowedValues(
                    List.copyOf(schema.get("enum").valueStream().toList())));
        }
        text(schema, "pattern").map(Pattern::compile).map(TextPattern::new).ifPresent(checks::add);
        if (schema.has("minimum")) {
            checks.add(new NumberBound(
                    schema.get("minimum").decimalValue(),
                    true,
                    schema.path("exclusiveMinimum").asBoolean()));
        }
        if (schema.has("maximum")) {
            checks.add(new NumberBound(
                    schema.get("maximum").decimalValue(),
                    false,
                    schema.path("exclusiveMaximum").asBoolean()));
        }
        if (schema.has("multipleOf")) {
            checks.add(new MultipleOf(schema.get("multipleOf").decimalValue()));
        }
        if (schema.has("minLength") || schema.has("maxLength")) {
            checks.add(new TextLength(least(schema, "minLength"), most(schema, "maxLength")));
        }
        if (schema.has("minItems") || schema.has("maxItems")) {
            checks.add(new Count(true, least(schema, "minItems"), most(schema, "maxItems")));
        }
        if (schema.has("minProperties") || schema.has("maxProperties")) {
            checks.add(new Count(false, least(schema, "minProperties"), most(schema, "maxProperties")));
        }
        return checks;
    }

    private static long least(JsonNode schema, String keyword) {
        return schema.path(keyword).asLong(0);
    }

    private static long most(JsonNode schema, String keyword) {
        return schema.path(keyword).asLong(Long.MAX_VALUE);
    }

    private static List<Rule> rules(JsonNode schema) {
        return schema.path("x-kubernetes-validations")
                .valueStream()
                .map(rule -> new Rule(
                        rule.path("rule").asText(),
                        text(rule, "message"),
                        text(rule, "messageExpression"),
                        text(rule, "reason").orElse("FieldValueInvalid"),
                        text(rule, "fieldPath"),
                        rule.path("optionalOldSelf").asBoolean()))
                .toList();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
