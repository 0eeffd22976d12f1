package dev.fairlead.operator.simulate.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a parser's exception means to the person who wrote the text. Shows no value but a misspelt enum constant. */
final class Sentence {

    /** What Jackson adds about a source that it is told not to show. */
    private static final Pattern SOURCE = Pattern.compile("\\s*\\((start marker )?at \\[Source:.*|\\s*at \\[Source:.*");

    private Sentence() {}

    static String of(JsonProcessingException problem) {
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return "unknown field; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (problem instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return refused.getCause().getMessage();
        }
        String first = problem.getOriginalMessage().lines().findFirst().orElse("is malformed");
        if (first.startsWith("No content to map")) {
            return "is empty";
        }
        if (problem instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mismatched(mismatch);
        }
        return SOURCE.matcher(first).replaceAll("");
    }

    private static String mismatched(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        if (type.isEnum() && mismatch instanceof InvalidFormatException format) {
            return "got '" + format.getValue() + "', expected one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == Long.class || type == Integer.class || type == long.class || type == int.class) {
            return "expected a whole number";
        }
        if (List.class.isAssignableFrom(type)) {
            return "expected a list";
        }
        if (type == Double.class || type == String.class || type == boolean.class || type == Boolean.class) {
            return "expected a " + type.getSimpleName().toLowerCase(Locale.ROOT);
        }
        return "expected an object (" + type.getSimpleName() + ")";
    }
}
