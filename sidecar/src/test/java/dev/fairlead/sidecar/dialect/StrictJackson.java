package dev.fairlead.sidecar.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Somebody else's opinion on what is JSON: Jackson by the letter, on bytes that the JDK finds to be valid UTF-8. */
public final class StrictJackson {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonScanner.MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJackson() {}

    /**
     * Whether a document is one. Jackson refuses halves of surrogate pairs in field names (and only there); the grammar
     * allows them, so they are made something harmless first.
     */
    public static boolean accepts(byte[] bytes) {
        return decoded(bytes)
                .map(text -> text.replaceAll("u[dD][89a-fA-F][0-9a-fA-F]{2}", "u0041"))
                .flatMap(StrictJackson::parsed)
                .isPresent();
    }

    /** The tree of a document, nothing when it is none. */
    public static Optional<JsonNode> read(byte[] bytes) {
        return decoded(bytes).flatMap(StrictJackson::parsed);
    }

    private static Optional<String> decoded(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            // Jackson would guess UTF-16 from a NUL and skip a byte order mark; neither is JSON. It takes bytes,
            // because its
            // reading of characters accepts some beyond ASCII as hexadecimal digits.
            boolean guess = text.indexOf('\0') >= 0 || text.startsWith("\ufeff");
            JsonNode tree = guess ? null : MAPPER.readTree(text.getBytes(StandardCharsets.UTF_8));
            return Optional.ofNullable(tree).filter(node -> !node.isMissingNode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
