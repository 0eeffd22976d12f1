package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the provider files of the build. Strict: an unknown field or a value that is not allowed names file and place. */
final class ProfileReader {
    private static final String INDEX = "index.json";
    private static final String SHARED_RULES = "shared-rules.json";

    private final JsonMapper json = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Function<String, InputStream> files;

    /** @param files opens a file by its name, {@code null} when there is none */
    ProfileReader(Function<String, InputStream> files) {
        this.files = files;
    }

    private record SharedFile(List<String> about, List<RuleLine> rules) {}

    private record LimitLines(List<LimitHeaders.Names> requests, List<LimitHeaders.Names> tokens) {}

    private record ProfileFile(
            List<String> about,
            String type,
            String displayName,
            String defaultBaseUrl,
            ProviderProfile.AuthHeader auth,
            ProviderProfile.Endpoints endpoints,
            UsageInStream usageInStream,
            Set<UsageQuirk> usageQuirks,
            List<String> requestIdHeaders,
            LimitLines limitHeaders,
            List<RuleLine> rules) {}

    private record RuleLine(
            String id,
            List<String> status,
            List<String> code,
            List<String> message,
            List<String> alsoMessage,
            List<String> header,
            Set<BodyKind> body,
            boolean larger,
            @JsonProperty("class") FailureClass clazz,
            Scope scope,
            Set<Tag> tags,
            String reset) {

        ClassifierRule toRule() {
            return new ClassifierRule(
                    id,
                    StatusRanges.of(orEmpty(status)),
                    orEmpty(code).stream().map(CodePattern::of).toList(),
                    lower(message),
                    lower(alsoMessage),
                    orEmpty(header).stream()
                            .map(ClassifierRule.HeaderCondition::of)
                            .toList(),
                    body == null ? Set.of() : body,
                    larger,
                    clazz,
                    scope,
                    tags == null ? Set.of() : tags,
                    reset == null ? null : ResetSource.of(reset));
        }
    }

    Map<String, ProviderProfile> readAll() {
        List<ClassifierRule> shared = rules(SHARED_RULES, read(SHARED_RULES, new TypeReference<SharedFile>() {}).rules);
        Map<String, ProviderProfile> profiles = new LinkedHashMap<>();
        for (String name : read(INDEX, new TypeReference<List<String>>() {})) {
            ProviderProfile profile = profile(name + ".json", shared);
            if (!name.equals(profile.type())) {
                throw new IllegalStateException(
                        name + ".json: type is '" + profile.type() + "', expected the file's name '" + name + "'");
            }
            profiles.put(profile.type(), profile);
        }
        return profiles;
    }

    private ProviderProfile profile(String file, List<ClassifierRule> shared) {
        ProfileFile line = read(file, new TypeReference<>() {});
        LimitLines names = line.limitHeaders == null ? new LimitLines(null, null) : line.limitHeaders;
        LimitHeaders limits = new LimitHeaders(orEmpty(names.requests), orEmpty(names.tokens));
        return new ProviderProfile(
                required(file, "type", line.type),
                required(file, "displayName", line.displayName),
                line.defaultBaseUrl,
                required(file, "auth", line.auth),
                required(file, "endpoints", line.endpoints),
                required(file, "usageInStream", line.usageInStream),
                line.usageQuirks == null ? Set.of() : line.usageQuirks,
                orEmpty(line.requestIdHeaders),
                limits,
                new ErrorClassifier(rules(file, line.rules), shared, limits));
    }

    private static <T> T required(String file, String field, T value) {
        if (value == null) {
            throw new IllegalStateException(file + ": " + field + " is missing");
        }
        return value;
    }

    private static List<ClassifierRule> rules(String file, List<RuleLine> lines) {
        return orEmpty(lines).stream().map(line -> rule(file, line)).toList();
    }

    private static ClassifierRule rule(String file, RuleLine line) {
        required(file, "rules[].id", line.id);
        required(file, "rules['" + line.id + "'].class", line.clazz);
        try {
            return line.toRule();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalStateException(file + ": rules['" + line.id + "']: " + e.getMessage(), e);
        }
    }

    private <T> T read(String file, TypeReference<T> type) {
        try (InputStream in = files.apply(file)) {
            if (in == null) {
                throw new IllegalStateException(file + ": not found in the build beside " + INDEX);
            }
            return json.readValue(in, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static List<String> lower(List<String> phrases) {
        return orEmpty(phrases).stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
