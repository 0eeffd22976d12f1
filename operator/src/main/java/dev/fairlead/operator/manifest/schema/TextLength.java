package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.Optional;

/** {@code minLength} and {@code maxLength}, in code points. */
record TextLength(long least, long most) implements Check {
    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        if (!value.isTextual()) {
            return Optional.empty();
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < least) {
            return Optional.of(Violation.inBody(path, value, "should be at least " + least + " chars long"));
        }
        return length > most ? Optional.of(Violation.tooLong(path, most)) : Optional.empty();
    }
}
