package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.Optional;

/** {@code minItems} and {@code maxItems} of a list, {@code minProperties} and {@code maxProperties} of an object. */
record Count(boolean ofItems, long least, long most) implements Check {
    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        if (ofItems ? !value.isArray() : !value.isObject()) {
            return Optional.empty();
        }
        int size = value.size();
        if (size < least) {
            String what = ofItems ? " items" : " properties";
            return Optional.of(Violation.invalid(
                    path, Integer.toString(size), path + " in body should have at least " + least + what));
        }
        return size > most ? Optional.of(Violation.tooMany(path, size, most)) : Optional.empty();
    }
}
