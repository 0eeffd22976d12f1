package dev.fairlead.operator.simulate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Mappers that refuse what they do not know, and the sentences to say so. */
public final class StrictJson {

    private StrictJson() {}

    /** A mapper that refuses unknown and repeated fields, and numbers or booleans written as text. */
    public static ObjectMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** One line: {@code SOURCE:LINE: PATH: what is wrong}. Never shows a value that could be a key. */
    public static String complaint(String source, IOException failure) {
        if (!(failure instanceof JsonProcessingException problem)) {
            return source + ": cannot be read: " + failure.getMessage();
        }
        JsonLocation location = problem.getLocation();
        String where = location == null || location.getLineNr() < 1 ? source : source + ":" + location.getLineNr();
        String path = failure instanceof JsonMappingException mapping ? pathOf(mapping.getPath()) : "";
        return where + ": " + (path.isEmpty() ? "" : path + ": ") + sentence(problem);
    }

    private static String sentence(JsonProcessingException problem) {
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
        if (problem instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()) {
            return "got '" + format.getValue() + "', expected one of "
                    + Arrays.toString(format.getTargetType().getEnumConstants());
        }
        if (problem instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected " + described(mismatch.getTargetType());
        }
        return problem.getOriginalMessage().lines().findFirst().orElse("is malformed");
    }

    private static String described(Class<?> type) {
        if (type == Long.class || type == Integer.class || type == long.class || type == int.class) {
            return "a whole number";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == Double.class || type == String.class || type == boolean.class || type == Boolean.class) {
            return "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
        }
        return "an object (" + type.getSimpleName() + ")";
    }

    private static String pathOf(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
