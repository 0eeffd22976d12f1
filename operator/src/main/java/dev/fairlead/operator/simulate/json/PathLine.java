package dev.fairlead.operator.simulate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.io.IOException;
import java.util.List;

/** Finds the line on which the value at a path begins, by reading the text once more. */
final class PathLine {

    private final JsonFactory factory;
    private final String text;

    PathLine(JsonFactory factory, String text) {
        this.factory = factory;
        this.text = text;
    }

    /** The path as people write it: {@code accounts[0].limits}. */
    static String written(List<Reference> path) {
        StringBuilder written = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                written.append('[').append(step.getIndex()).append(']');
            } else {
                written.append(written.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return written.toString();
    }

    /** The line, from 1, of as much of the path as exists; 0 when the text cannot be read that far. */
    int of(List<Reference> path) {
        int line = 0;
        try (JsonParser parser = factory.createParser(text)) {
            parser.nextToken();
            for (Reference step : path) {
                boolean found = step.getFieldName() == null
                        ? goToIndex(parser, step.getIndex())
                        : goToField(parser, step.getFieldName());
                if (!found) {
                    return line;
                }
                line = parser.currentTokenLocation().getLineNr();
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    parser.nextToken();
                }
            }
        } catch (IOException e) {
            return line;
        }
        return line;
    }

    private static boolean goToField(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.currentName().equals(name)) {
                return true;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        return false;
    }

    private static boolean goToIndex(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == index) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
