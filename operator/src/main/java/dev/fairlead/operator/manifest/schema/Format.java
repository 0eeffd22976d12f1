package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** {@code format}: the ones that the API server enforces and that our kinds use. */
public enum Format implements Check {
    DATE_TIME("date-time"),
    DATE("date"),
    DURATION("duration"),
    BYTE("byte"),
    INT32("int32"),
    INT64("int64"),
    FLOAT("float"),
    DOUBLE("double");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    static Format of(String word) {
        for (var format : values()) {
            if (format.word.equals(word)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown format '" + word + "'");
    }

    @Override
    public Optional<Violation> violation(JsonNode value, FieldPath path) {
        boolean good = switch (this) {
            case DATE_TIME, DATE, DURATION, BYTE -> !value.isTextual() || isWellFormed(value.textValue());
            case INT32 -> !value.isIntegralNumber() || value.canConvertToInt();
            case INT64, FLOAT, DOUBLE -> true;
        };
        if (good) {
            return Optional.empty();
        }
        return Optional.of(
                this == INT32
                        ? Violation.invalid(
                                path,
                                Violation.shown(value),
                                "Checked value must be of type integer with format int32 in " + path)
                        : Violation.malformed(path, word, value));
    }

    private boolean isWellFormed(String text) {
        try {
            switch (this) {
                case DATE_TIME -> OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
                case DATE -> LocalDate.parse(text);
                case DURATION -> GoDuration.parse(text);
                default -> Base64.getDecoder().decode(text);
            }
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }
}
