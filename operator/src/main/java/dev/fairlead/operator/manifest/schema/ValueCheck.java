package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** Holds a value, defaults filled in, against types and keywords. Used once. */
final class ValueCheck {
    private final List<Violation> found = new ArrayList<>();
    private final UniqueItems unique = new UniqueItems();

    List<Violation> of(JsonNode value, Schema schema) {
        check(value, schema, FieldPath.ROOT);
        return found;
    }

    private void check(JsonNode value, Schema schema, FieldPath path) {
        if (value.isNull() && schema.nullable()) {
            return;
        }
        if (!isRightType(value, schema, path)) {
            return;
        }
        for (var check : schema.checks()) {
            check.violation(value, path).ifPresent(found::add);
        }
        if (value.isObject()) {
            checkObject(value, schema, path);
        } else if (value.isArray() && schema.items().isPresent()) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), schema.items().get(), path.index(i));
            }
            found.addAll(unique.violations(value, schema, path));
        }
    }

    private boolean isRightType(JsonNode value, Schema schema, FieldPath path) {
        if (schema.intOrString()) {
            boolean right = value.isIntegralNumber() || value.isTextual();
            if (!right) {
                found.add(Violation.wrongType(path, "integer or string", SchemaType.wordFor(value)));
            }
            return right;
        }
        var type = schema.type();
        if (type.isEmpty() || type.get().admits(value)) {
            return true;
        }
        found.add(Violation.wrongType(path, type.get().word(), SchemaType.wordFor(value)));
        return false;
    }

    private void checkObject(JsonNode value, Schema schema, FieldPath path) {
        for (var name : schema.required()) {
            if (!value.has(name)) {
                found.add(Violation.required(path.field(name)));
            }
        }
        for (var field : value.properties()) {
            schema.under(field.getKey()).ifPresent(child -> check(field.getValue(), child, path.field(field.getKey())));
        }
    }
}
