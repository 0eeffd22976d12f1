package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.List;
import java.util.Optional;

/** {@code enum}. */
record AllowedValues(List<JsonNode> allowed) implements Check {
    AllowedValues {
        allowed = List.copyOf(allowed);
    }

    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        return allowed.contains(value) ? Optional.empty() : Optional.of(Violation.unsupported(path, value, allowed));
    }
}
