package dev.fairlead.operator.simulate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** Reads what people write, in JSON or YAML, and refuses what it does not know. Any thread. */
public final class StrictJson {

    private final JsonFactory factory;
    private final ObjectMapper mapper;

    /**
     * @param factory of the format
     */
    public StrictJson(JsonFactory factory) {
        this.factory = factory;
        this.mapper = JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads one value; unknown and repeated fields, and numbers or booleans written as text, are errors.
     *
     * @param source named in complaints: a file, or what was sent
     * @throws IllegalArgumentException with one line: {@code SOURCE:LINE: PATH: what is wrong}
     */
    public <T> T read(String source, String text, TypeReference<T> type) {
        try {
            T value = mapper.readValue(text, type);
            if (value == null) {
                throw new IllegalArgumentException(source + ": is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(complaint(source, text, e), e);
        }
    }

    private String complaint(String source, String text, JsonProcessingException problem) {
        List<JsonMappingException.Reference> path =
                problem instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        int line = problem.getLocation() == null ? 0 : problem.getLocation().getLineNr();
        if (!path.isEmpty()) {
            // Records are built when they are read to their end, and that is where the exception points.
            line = new PathLine(factory, text).of(path);
        }
        String where = line < 1 ? source : source + ":" + line;
        return where + ": " + (path.isEmpty() ? "" : PathLine.written(path) + ": ") + Sentence.of(problem);
    }
}
