package dev.fairlead.operator.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why an API server would refuse an object.
 *
 * @param path which value
 * @param message in the API server's words, without the path in front
 */
public record Violation(FieldPath path, Kind kind, String message) {
    private static final int SHOWN = 120;

    /** What sort of fault it is. */
    public enum Kind {
        INVALID,
        FORBIDDEN,
        DUPLICATE,
        REQUIRED,
        TYPE,
        UNSUPPORTED,
        TOO_LONG,
        TOO_MANY,
        UNKNOWN_FIELD;

        /** Whether the API server evaluates no rule on an object with such a fault, because rules rely on its shape. */
        public boolean stopsRules() {
            return this == REQUIRED
                    || this == TYPE
                    || this == UNSUPPORTED
                    || this == TOO_LONG
                    || this == TOO_MANY
                    || this == UNKNOWN_FIELD;
        }
    }

    /** A value that breaks a constraint; {@code rest} continues "spec.x in body ". */
    static Violation inBody(FieldPath path, JsonNode value, String rest) {
        return invalid(path, shown(value), path + " in body " + rest);
    }

    /** A value that is wrong, with the value as it should be shown. */
    public static Violation invalid(FieldPath path, String shown, String detail) {
        return new Violation(path, Kind.INVALID, "Invalid value: " + shown + ": " + detail);
    }

    static Violation wrongType(FieldPath path, String expected, String got) {
        String detail = path + " in body must be of type " + expected + ": \"" + got + "\"";
        return new Violation(path, Kind.TYPE, "Invalid value: \"" + got + "\": " + detail);
    }

    /** A text that is not of its {@code format}. */
    static Violation malformed(FieldPath path, String format, JsonNode value) {
        String detail = path + " in body must be of type " + format + ": " + shown(value);
        return new Violation(path, Kind.TYPE, "Invalid value: " + shown(value) + ": " + detail);
    }

    static Violation required(FieldPath path) {
        return new Violation(path, Kind.REQUIRED, "Required value");
    }

    static Violation unsupported(FieldPath path, JsonNode value, List<JsonNode> allowed) {
        String values = allowed.stream().map(Violation::shown).collect(Collectors.joining(", "));
        return new Violation(
                path, Kind.UNSUPPORTED, "Unsupported value: " + shown(value) + ": supported values: " + values);
    }

    static Violation tooLong(FieldPath path, long most) {
        // The API server counts characters and says bytes.
        String unit = most == 1 ? " byte" : " bytes";
        return new Violation(path, Kind.TOO_LONG, "Too long: may not be more than " + most + unit);
    }

    static Violation tooMany(FieldPath path, int got, long most) {
        String unit = most == 1 ? " item" : " items";
        return new Violation(path, Kind.TOO_MANY, "Too many: " + got + ": must have at most " + most + unit);
    }

    static Violation duplicate(FieldPath path, JsonNode value) {
        return new Violation(path, Kind.DUPLICATE, "Duplicate value: " + shown(value));
    }

    /** As JSON, cut off where it gets long. */
    static String shown(JsonNode value) {
        String text = value.toString();
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
    }
}
