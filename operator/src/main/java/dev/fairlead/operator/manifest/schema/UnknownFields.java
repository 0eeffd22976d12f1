package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** Finds the fields that a schema does not know; the API server would drop them, and whoever wrote them meant something. */
final class UnknownFields {
    private final List<Violation> found = new ArrayList<>();

    List<Violation> in(JsonNode value, Schema schema) {
        walk(value, schema, FieldPath.ROOT);
        return found;
    }

    private void walk(JsonNode value, Schema schema, FieldPath path) {
        if (value.isArray()) {
            schema.items().ifPresent(items -> {
                for (int i = 0; i < value.size(); i++) {
                    walk(value.get(i), items, path.index(i));
                }
            });
        }
        for (var field : value.properties()) {
            var at = path.field(field.getKey());
            var known = schema.under(field.getKey());
            if (known.isPresent()) {
                walk(field.getValue(), known.get(), at);
            } else if (!mayHoldAnything(schema)) {
                String hint = new Spelling(schema.properties().keySet()).hint(field.getKey());
                found.add(new Violation(at, Violation.Kind.UNKNOWN_FIELD, "unknown field \"" + at + "\"" + hint));
            }
        }
    }

    private static boolean mayHoldAnything(Schema schema) {
        // An object where a text should be is a wrong type, not a heap of unknown fields.
        return schema.preserveUnknown()
                || schema.type().filter(SchemaType.OBJECT::equals).isEmpty();
    }
}
