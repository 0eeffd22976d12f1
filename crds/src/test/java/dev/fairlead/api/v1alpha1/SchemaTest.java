package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every field of every kind. */
class SchemaTest {
    /** Words that YAML 1.1, which kubectl and Helm read, takes for booleans or nothing when they are not quoted. */
    private static final Set<String> YAML_1_1_WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private static final Pattern ALLOWED = Pattern.compile("in \\[([^\\]]*)\\]");

    static List<SchemaField> fields() {
        return SchemaField.all();
    }

    static Stream<SchemaField> rules() {
        return SchemaField.all().stream().filter(field -> !field.rules().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void isDescribed(SchemaField field) {
        if (field.property()) {
            assertThat(field.schema().path("description").asText())
                    .as("%s: description", field)
                    .matches("[A-Z0].+[.]");
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void isBounded(SchemaField field) {
        var schema = field.schema();
        switch (field.type()) {
            case "string" ->
                assertThat(schema.has("maxLength") || schema.has("enum"))
                        .as("%s: maxLength or enum", field)
                        .isTrue();
            case "array" -> {
                assertThat(schema.path("maxItems").asLong())
                        .as("%s: maxItems", field)
                        .isBetween(1L, 256L);
                assertThat(schema.path("x-kubernetes-list-type").asText())
                        .as("%s: x-kubernetes-list-type", field)
                        .isNotEmpty();
            }
            case "integer" -> {
                assertThat(schema.has("minimum")).as("%s: minimum", field).isTrue();
                assertThat(schema.has("maximum") || field.path().endsWith("observedGeneration"))
                        .as("%s: maximum", field)
                        .isTrue();
            }
            case "object" ->
                assertThat(schema.has("properties") || schema.has("maxProperties") || !field.property())
                        .as("%s: properties or maxProperties", field)
                        .isTrue();
            case "boolean" -> {}
            default ->
                assertThat(field.type())
                        .as("%s: type", field)
                        .isEqualTo("one of string, array, integer, object, boolean");
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void canBeWrittenWithoutQuotes(SchemaField field) {
        var words = new TreeSet<String>();
        words.add(field.path().substring(field.path().lastIndexOf('.') + 1));
        if (field.isSpec()) {
            field.rules().forEach(rule -> words.addAll(allowedValues(rule)));
            field.schema().path("enum").forEach(value -> words.add(value.asText()));
        }
        assertThat(words).allSatisfy(word -> assertThat(YAML_1_1_WORDS).doesNotContain(word.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rulesSayWhatToDo(SchemaField field) {
        for (var rule : field.rules()) {
            var message = rule.path("message").asText()
                    + rule.path("messageExpression").asText();
            assertThat(message)
                    .as("%s: %s", field, rule.path("rule").asText())
                    .hasSizeGreaterThan(30)
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void messagesAndDescriptionsNameTheValuesThatTheRuleAllows(SchemaField field) {
        for (var rule : field.rules()) {
            if (rule.path("rule").asText().matches("self(\\.all\\(one, one)? in .*")) {
                var allowed = allowedValues(rule);
                assertThat(allowed).as("%s", field).isNotEmpty().allSatisfy(value -> {
                    assertThat(rule.path("messageExpression").asText()).contains(value);
                    assertThat(field.schema().path("description").asText()).contains(value);
                });
            }
        }
    }

    @Test
    void objectsWhoseFieldsAllHaveDefaultsMayBeLeftOut() {
        assertThat(fields().stream()
                        .filter(SchemaField::isSpec)
                        .filter(SchemaTest::needsObjectDefault)
                        .filter(field -> !field.schema().path("default").isObject()))
                .as("a default below an absent object is not applied")
                .isEmpty();
    }

    /** {@code access.allowedFrom} has a default that depends on the mode, so it is derived and not written. */
    private static boolean needsObjectDefault(SchemaField field) {
        var properties = field.schema().path("properties");
        return field.property()
                && !field.path().equals("spec.access.allowedFrom")
                && !field.schema().has("required")
                && properties.valueStream().anyMatch(property -> property.has("default"));
    }

    @Test
    void specsAndWhatTheyCannotDoWithoutAreRequired() {
        for (var plural : Crds.plurals()) {
            assertThat(texts(SchemaField.root(plural).path("required"))).containsExactly("spec");
        }
        assertThat(required("keypools", "/properties/spec")).containsExactly("provider");
        assertThat(required("airoutes", "/properties/spec")).containsExactly("models");
        assertThat(required("subscriptions", "/properties/spec")).containsExactly("routeRef");
        assertThat(required("keypools", "/properties/spec/properties/keys/items"))
                .containsExactlyInAnyOrder("name", "secretRef");
    }

    @Test
    void listsOfNamedThingsAreKeyedByName() {
        assertThat(fields().stream()
                        .filter(field ->
                                field.schema().path("items").path("properties").has("name")))
                .isNotEmpty()
                .allSatisfy(field -> {
                    assertThat(field.schema().path("x-kubernetes-list-type").asText())
                            .isEqualTo("map");
                    assertThat(texts(field.schema().path("x-kubernetes-list-map-keys")))
                            .containsExactly("name");
                });
    }

    private static List<String> required(String plural, String pointer) {
        return texts(SchemaField.root(plural).at(pointer).path("required"));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static Set<String> allowedValues(JsonNode rule) {
        var values = new TreeSet<String>();
        var matcher = ALLOWED.matcher(rule.path("rule").asText());
        while (matcher.find()) {
            for (var value : matcher.group(1).split(",")) {
                values.add(value.strip().replace("'", ""));
            }
        }
        return values;
    }
}
