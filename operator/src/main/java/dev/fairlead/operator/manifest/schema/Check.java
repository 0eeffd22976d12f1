package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.Optional;

/** One keyword's demand on a value whose type is right already. */
interface Check {
    Optional<Violation> violation(JsonNode value, FieldPath path);
}
