package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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

/** Reads the provider files of the build. Strict: whatever is not as it must be is named with file and place. */
final class ProfileReader {
    private static final String INDEX = "index.json";
    private static final String SHARED_RULES = "shared-rules.json";

    private final JsonMapper json = new JsonMapper();
    private final Function<String, InputStream> files;

    /** @param files opens a file by its name, {@code null} when there is none */
    ProfileReader(Function<String, InputStream> files) {
        this.files = files;
    }

    Map<String, ProviderProfile> readAll() {
        StrictObject sharedFile = new StrictObject(SHARED_RULES + ": $", read(SHARED_RULES));
        List<ClassifierRule> shared = rules(sharedFile);
        sharedFile.refuseOthers();
        StrictObject index = new StrictObject(INDEX + ": $", read(INDEX));
        Map<String, ProviderProfile> profiles = new LinkedHashMap<>();
        for (String name : index.texts("types")) {
            String file = name + ".json";
            StrictObject object = new StrictObject(file + ": $", read(file));
            ProviderProfile profile = profile(object, shared);
            if (!name.equals(profile.type())) {
                throw object.wrong(".type", "is '" + profile.type() + "', expected the file's name '" + name + "'");
            }
            profiles.put(name, profile);
        }
        return profiles;
    }

    private static ProviderProfile profile(StrictObject file, List<ClassifierRule> shared) {
        LimitHeaders limits =
                file.has("limitHeaders") ? limits(file.object("limitHeaders")) : new LimitHeaders(Map.of());
        ProviderProfile profile = new ProviderProfile(
                file.text("type"),
                file.text("displayName"),
                file.textOrNull("defaultBaseUrl"),
                auth(file.object("auth")),
                endpoints(file.object("endpoints")),
                file.constant("usageInStream", UsageInStream.class),
                file.texts("requestIdHeaders"),
                limits,
                new ErrorClassifier(rules(file), shared, limits),
                file.has("admission") ? admission(file.object("admission")) : AdmissionRule.CAUTIOUS);
        file.refuseOthers();
        return profile;
    }

    private static ProviderProfile.AuthHeader auth(StrictObject object) {
        var auth = new ProviderProfile.AuthHeader(object.text("name"), object.text("format"));
        object.refuseOthers();
        return auth;
    }

    private static ProviderProfile.Endpoints endpoints(StrictObject object) {
        var endpoints = new ProviderProfile.Endpoints(
                object.text("chat"),
                object.textOrNull("responses"),
                object.textOrNull("embeddings"),
                object.textOrNull("models"));
        object.refuseOthers();
        return endpoints;
    }

    private static AdmissionRule admission(StrictObject object) {
        var rule = new AdmissionRule(
                object.constant("charge", AdmissionRule.Charge.class),
                object.flag("refusesOversize"),
                object.count("unsetMaxTokens"),
                object.flag("countsCachedInput"),
                object.flag("givesBack"),
                object.count("burstMs"),
                object.constant("refill", AdmissionRule.Refill.class));
        object.refuseOthers();
        return rule;
    }

    private static LimitHeaders limits(StrictObject object) {
        Map<String, List<LimitHeaders.Names>> shapes = new LinkedHashMap<>();
        for (String limit : LimitHeaders.LIMITS) {
            shapes.put(limit, names(object, limit));
        }
        object.refuseOthers();
        return new LimitHeaders(shapes);
    }

    private static List<LimitHeaders.Names> names(StrictObject limits, String limit) {
        return limits.objects(limit).stream()
                .map(shape -> {
                    var names = new LimitHeaders.Names(
                            shape.textOrNull("limit"), shape.textOrNull("remaining"), shape.textOrNull("reset"));
                    shape.refuseOthers();
                    return names;
                })
                .toList();
    }

    private static List<ClassifierRule> rules(StrictObject file) {
        return file.objects("rules").stream().map(ProfileReader::rule).toList();
    }

    private static ClassifierRule rule(StrictObject line) {
        try {
            String reset = line.textOrNull("reset");
            ClassifierRule rule = new ClassifierRule(
                    line.text("id"),
                    StatusRanges.of(line.texts("status")),
                    line.texts("code").stream().map(CodePattern::of).toList(),
                    phrases(line, "message"),
                    phrases(line, "alsoMessage"),
                    line.texts("header").stream()
                            .map(ClassifierRule.HeaderCondition::of)
                            .toList(),
                    Set.copyOf(line.constants("body", BodyKind.class)),
                    line.flag("larger"),
                    line.constant("class", FailureClass.class),
                    line.constantOrNull("scope", Scope.class),
                    Set.copyOf(line.constants("tags", Tag.class)),
                    reset == null ? null : ResetSource.of(reset),
                    0);
            line.refuseOthers();
            return rule;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw line.wrong("", "(rule '" + line.text("id") + "'): " + e.getMessage());
        }
    }

    private static List<String> phrases(StrictObject line, String field) {
        return line.texts(field).stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
    }

    private JsonNode read(String file) {
        try (InputStream in = files.apply(file)) {
            if (in == null) {
                throw new IllegalStateException(file + ": not found in the build beside " + INDEX);
            }
            return json.readTree(in);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
