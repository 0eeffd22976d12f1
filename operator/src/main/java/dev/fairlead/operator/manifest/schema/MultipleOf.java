package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.math.BigDecimal;
import java.util.Optional;

/** {@code multipleOf}. */
record MultipleOf(BigDecimal factor) implements Check {
    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        if (!value.isNumber() || value.decimalValue().remainder(factor).signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(Violation.inBody(path, value, "should be a multiple of " + factor.toPlainString()));
    }
}
