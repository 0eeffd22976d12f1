package dev.fairlead.operator.serve;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.control.Ack;
import java.io.IOException;
import java.util.Optional;

/** Reads an acknowledgement as somebody may have written it who means no good: bounded, one line, nothing left out. */
final class AckBody {
    private static final int ID_CHARS = 128;
    private static final int PATH_CHARS = 512;
    private static final int MESSAGE_CHARS = 2048;

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Empty for what is no acknowledgement. */
    Optional<Ack> read(byte[] body) {
        JsonNode tree;
        try {
            tree = json.readTree(body);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (tree == null || !isName(tree.path("stream")) || !isName(tree.path("hash"))) {
            return Optional.empty();
        }
        if (!tree.path("applied").isBoolean()) {
            return Optional.empty();
        }
        return Optional.of(new Ack(
                tree.path("stream").asText(),
                tree.path("hash").asText(),
                tree.path("applied").asBoolean(),
                clean(tree.path("path"), PATH_CHARS),
                clean(tree.path("message"), MESSAGE_CHARS)));
    }

    private static boolean isName(JsonNode value) {
        return value.isTextual() && !value.asText().isEmpty() && value.asText().length() <= ID_CHARS;
    }

    /** It ends in statuses, Events and terminals: nothing that moves a cursor or turns the direction of text. */
    private static String clean(JsonNode value, int most) {
        if (!value.isTextual()) {
            return "";
        }
        var clean = new StringBuilder();
        value.asText()
                .codePoints()
                .map(c -> Character.isWhitespace(c) || Character.isISOControl(c) ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE)
                .takeWhile(c -> clean.length() + Character.charCount(c) <= most)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}
