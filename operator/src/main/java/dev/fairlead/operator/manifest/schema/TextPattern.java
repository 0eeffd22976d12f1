package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.Optional;

/** {@code pattern}: found anywhere in the text unless it is anchored, by RE2's syntax as in the API server. */
record TextPattern(Pattern pattern) implements Check {
    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        if (!value.isTextual() || pattern.matcher(value.textValue()).find()) {
            return Optional.empty();
        }
        return Optional.of(Violation.inBody(path, value, "should match '" + pattern.pattern() + "'"));
    }
}
