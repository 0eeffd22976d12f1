package dev.fairlead.sidecar.dialect.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The fields of an object as another parser reads them, one that keeps doubles apart. */
record TopLevelFields(List<Field> fields) {
    record Field(String name, JsonNode value) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static TopLevelFields of(String object) {
        var fields = new ArrayList<Field>();
        try (JsonParser parser = MAPPER.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.add(new Field(name, parser.readValueAsTree()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TopLevelFields(fields);
    }

    Stream<JsonNode> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value);
    }

    long count(String name) {
        return named(name).count();
    }

    JsonNode first(String name) {
        return named(name).findFirst().orElse(null);
    }
}
