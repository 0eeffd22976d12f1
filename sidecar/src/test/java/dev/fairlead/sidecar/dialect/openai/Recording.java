package dev.fairlead.sidecar.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.usage.Usage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One answer of a real provider and what is known about it; {@code corpus/streams/SOURCES.md} says where they come from. */
final class Recording {
    private static final String CHAT = "/corpus/streams/openai-chat";
    private static final String RESPONSES = "/corpus/streams/openai-responses";

    private final String name;
    private final byte[] body;
    private final JsonNode about;

    private Recording(String name, byte[] body, JsonNode about) {
        this.name = name;
        this.body = body;
        this.about = about;
    }

    static List<Recording> streams() {
        return of(CHAT, true);
    }

    static List<Recording> answers() {
        return of(CHAT, false);
    }

    static List<Recording> responseStreams() {
        return of(RESPONSES, true);
    }

    static List<Recording> responses() {
        return of(RESPONSES, false);
    }

    private static List<Recording> of(String folder, boolean stream) {
        return all(folder).stream()
                .filter(recording -> recording.about.path("stream").booleanValue() == stream)
                .toList();
    }

    private static List<Recording> all(String folder) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            var recordings = new ArrayList<Recording>();
            for (Path file : files.filter(path -> path.toString().endsWith(".expect.json"))
                    .sorted()
                    .toList()) {
                JsonNode about = new ObjectMapper().readTree(file.toFile());
                byte[] body = Files.readAllBytes(
                        file.resolveSibling(about.path("file").textValue()));
                recordings.add(new Recording(about.path("id").textValue(), body, about));
            }
            return recordings;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(Recording.class.getResource(name), name).toURI());
    }

    byte[] body() {
        return body;
    }

    JsonNode expected() {
        return about.path("expected");
    }

    boolean has(String feature) {
        for (JsonNode node : about.path("features")) {
            if (feature.equals(node.textValue())) {
                return true;
            }
        }
        return false;
    }

    /** Text, reasoning, refusal, calls or audio in it. */
    boolean hasContent() {
        JsonNode expected = expected();
        return !expected.path("blocks").isEmpty() || has("audio");
    }

    boolean hasError() {
        return expected().path("error").isObject();
    }

    /** Nothing when the provider sent no count. */
    Usage usage() {
        JsonNode usage = expected().path("usage");
        return !usage.isObject()
                ? new Usage()
                : new Usage()
                        .input(
                                usage.path("input_total").longValue(),
                                usage.path("cache_read").longValue(),
                                usage.path("cache_write_5m").longValue(),
                                usage.path("cache_write_1h").longValue(),
                                usage.path("input_audio").longValue())
                        .output(
                                usage.path("output_total").longValue(),
                                usage.path("reasoning").longValue(),
                                usage.path("output_audio").longValue());
    }

    @Override
    public String toString() {
        return name;
    }
}
