package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** Reads lines of {@link Frame}s without building any tree. Not thread-safe. */
final class FrameReader implements FrameLines.Taker {
    private final JsonFactory json = new JsonFactory();
    private final FrameSink sink;

    FrameReader(FrameSink sink) {
        this.sink = sink;
    }

    /** What a line says, as far as we know its fields. */
    private static final class Fields {
        String type;
        String stream;
        String hash;
        String caBundle;
        String reason;
        byte[] config;
    }

    @Override
    public void line(byte[] bytes, int from, int to) throws MalformedFrameException {
        Fields fields;
        try (var parser = json.createParser(bytes, from, to - from)) {
            fields = read(parser, bytes, from);
        } catch (JsonProcessingException e) {
            throw new MalformedFrameException("a line is not JSON at byte " + offset(e));
        } catch (IOException e) {
            throw new IllegalStateException("an array that cannot be read", e);
        }
        give(fields);
    }

    private static long offset(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    }

    private static Fields read(JsonParser parser, byte[] bytes, int from) throws IOException, MalformedFrameException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedFrameException("a line is not a JSON object");
        }
        var fields = new Fields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "type" -> fields.type = text(parser);
                case "stream" -> fields.stream = text(parser);
                case "hash" -> fields.hash = text(parser);
                case "caBundle" -> fields.caBundle = text(parser);
                case "reason" -> fields.reason = text(parser);
                case "config" -> fields.config = object(parser, bytes, from);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new MalformedFrameException("a line holds more than one JSON object");
        }
        return fields;
    }

    /** {@code null} for anything but a string, which may be the field of a type that we do not know. */
    private static String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    private static byte[] object(JsonParser parser, byte[] bytes, int from) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return Arrays.copyOfRange(bytes, from + start, from + end);
    }

    private void give(Fields fields) throws MalformedFrameException {
        if (fields.type == null) {
            throw new MalformedFrameException("a line has no type");
        }
        switch (fields.type) {
            case "hello" -> sink.hello(needed(fields.stream, "hello", "stream"));
            case "trust" -> sink.trust(needed(fields.caBundle, "trust", "caBundle"));
            case "config" ->
                sink.config(needed(fields.hash, "config", "hash"), needed(fields.config, "config", "config"));
            case "ping" -> sink.ping();
            case "bye" -> sink.bye(fields.reason == null ? "" : fields.reason);
            default -> {
                // Of a newer operator.
            }
        }
    }

    private static <T> T needed(T value, String type, String field) throws MalformedFrameException {
        if (value == null) {
            throw new MalformedFrameException("a line of type " + type + " has no " + field);
        }
        return value;
    }
}
