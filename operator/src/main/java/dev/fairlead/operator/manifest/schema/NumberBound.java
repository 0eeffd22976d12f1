package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.math.BigDecimal;
import java.util.Optional;

/** {@code minimum} and {@code maximum}, with their {@code exclusive} forms. */
record NumberBound(BigDecimal bound, boolean lower, boolean exclusive) implements Check {
    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        if (!value.isNumber()) {
            return Optional.empty();
        }
        int order = value.decimalValue().compareTo(bound);
        boolean good = lower ? order > 0 : order < 0;
        if (good || (order == 0 && !exclusive)) {
            return Optional.empty();
        }
        String words = "should be " + (lower ? "greater than " : "less than ") + (exclusive ? "" : "or equal to ");
        return Optional.of(Violation.inBody(path, value, words + bound.toPlainString()));
    }
}
