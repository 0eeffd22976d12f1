package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The recorded errors and limit headers under {@code corpus/}; where they come from stands in its {@code ORIGIN.md}. */
final class Corpus {
    /** Now where a recording names no date: 2026-03-20T12:00:00Z. */
    static final long NOW = 1_774_008_000_000L;

    private static final JsonMapper JSON = new JsonMapper();

    private Corpus() {}

    static List<JsonNode> errors() {
        return lines("/corpus/errors");
    }

    static List<JsonNode> headerSets() {
        return lines("/corpus/headers");
    }

    /** The profile that such a provider is used with today: its own, or the one for everything OpenAI-compatible. */
    static ProviderProfile profileOf(ProviderProfiles profiles, JsonNode entry) {
        String type = entry.get("provider").asText();
        return profiles.get(profiles.types().contains(type) ? type : "OpenAICompatible");
    }

    static HeaderLookup headers(JsonNode entry) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        entry.get("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        return headers::get;
    }

    static byte[] body(JsonNode entry) {
        return entry.get("body").asText().getBytes(StandardCharsets.UTF_8);
    }

    /** The response's own date. */
    static long now(JsonNode entry) {
        String date =
                entry.path("date").asText(entry.get("headers").path("date").asText(""));
        return date.isEmpty() || date.equals("null")
                ? NOW
                : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()
                        .toEpochMilli();
    }

    static Verdict classify(ProviderProfiles profiles, JsonNode entry) {
        return profileOf(profiles, entry)
                .classifier()
                .classify(entry.get("status").asInt(), headers(entry), body(entry), CallerWords.NONE, now(entry));
    }

    /** One file of JSON lines. */
    static List<JsonNode> file(String resource) {
        try {
            return read(Path.of(Corpus.class.getResource(resource).toURI())).toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of all rules of all files, in order. */
    static List<String> ruleIds() throws IOException {
        List<String> ids = new ArrayList<>();
        List<String> files = new ArrayList<>(List.of("shared-rules"));
        ProviderProfiles.load().types().forEach(files::add);
        for (String name : files) {
            try (InputStream in = ProviderProfiles.class.getResourceAsStream(name + ".json")) {
                JSON.readTree(in)
                        .path("rules")
                        .forEach(rule -> ids.add(rule.get("id").asText()));
            }
        }
        return ids;
    }

    private static List<JsonNode> lines(String folder) {
        try (Stream<Path> files =
                Files.list(Path.of(Corpus.class.getResource(folder).toURI()))) {
            return files.sorted().flatMap(Corpus::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonNode> read(Path file) {
        try {
            List<JsonNode> nodes = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                nodes.add(JSON.readTree(line));
            }
            return nodes.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
