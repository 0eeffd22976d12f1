package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A field arrives together with a valid and an invalid fixture, a rule with one that breaks it. */
class FixtureCoverageTest {
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

    private static final List<Fixture> INVALID = Stream.of("invalid", "invalid-update")
            .flatMap(folder -> Fixture.in(folder).stream())
            .filter(fixture -> !fixture.name().endsWith("before"))
            .toList();

    private static final Set<String> USED = usedPaths();

    private static final Set<String> REFUSED =
            INVALID.stream().map(FixtureCoverageTest::refusedPath).collect(Collectors.toSet());

    static Stream<SchemaField> specFields() {
        return SchemaField.all().stream().filter(field -> field.isSpec() && field.property());
    }

    static Stream<SchemaField> refusableFields() {
        return specFields().filter(field -> !field.schema().has("properties"));
    }

    static Stream<SchemaField> rules() {
        return SchemaField.all().stream().filter(field -> !field.rules().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("specFields")
    void someValidFixtureUses(SchemaField field) {
        assertThat(USED).contains(shared(field.crd() + " " + field.path()));
    }

    @ParameterizedTest
    @MethodSource("refusableFields")
    void someInvalidFixtureIsRefusedAt(SchemaField field) {
        assertThat(REFUSED).contains(shared(field.crd() + " " + field.path()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void someInvalidFixtureBreaksEveryRuleOf(SchemaField field) {
        for (var rule : field.rules()) {
            var sentence = longestLiteral(rule);
            assertThat(INVALID)
                    .as("a fixture that expects: %s", sentence)
                    .anySatisfy(fixture ->
                            assertThat(overlap(sentence, fixture.expect())).isTrue());
        }
    }

    @Test
    void everyInvalidFixtureSaysWhatItExpectsFirst() {
        assertThat(INVALID).allSatisfy(fixture -> {
            assertThat(fixture.text()).startsWith("# expect: " + fixture.expect() + "\n# at: " + fixture.at() + "\n");
            assertThat(fixture.expect()).isNotBlank();
            assertThat(fixture.at()).startsWith("spec");
        });
    }

    @Test
    void theShortestManifestsAreAsShortAsPromised() {
        assertThat(valid("keypool-six-lines").lines()).hasSize(6);
        assertThat(valid("airoute-ten-lines").lines()).hasSize(10);
    }

    private static String valid(String name) {
        return Fixture.in("valid").stream()
                .filter(fixture -> fixture.name().equals(name))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static Set<String> usedPaths() {
        var paths = new TreeSet<String>();
        for (var fixture : Fixture.in("valid")) {
            var tree = fixture.tree();
            collect(plural(tree) + " spec", tree.path("spec"), paths);
        }
        return paths.stream().map(FixtureCoverageTest::shared).collect(Collectors.toSet());
    }

    private static void collect(String path, JsonNode node, Set<String> paths) {
        paths.add(path);
        node.properties().forEach(field -> collect(path + "." + field.getKey(), field.getValue(), paths));
        if (node.isArray()) {
            node.forEach(item -> collect(path + "[*]", item, paths));
        }
    }

    private static String refusedPath(Fixture fixture) {
        var tree = fixture.tree();
        var path = fixture.at().replaceAll("\\[[0-9]+\\]", "[*]").replaceAll("matchLabels[.].*", "matchLabels");
        return shared(plural(tree) + " " + path);
    }

    private static String plural(JsonNode tree) {
        return tree.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
    }

    /** The inside of a selector is one type in four places: a fixture in one of them will do. */
    private static String shared(String path) {
        return path.replaceAll("^.*[sS]elector[.]", "selector.");
    }

    private static String longestLiteral(JsonNode rule) {
        if (rule.has("message")) {
            return rule.get("message").asText();
        }
        return LITERAL.matcher(rule.path("messageExpression").asText())
                .results()
                .map(match -> match.group(1))
                .max(Comparator.comparing(String::length))
                .orElseThrow();
    }

    /** Expectations may end early: either contains the other's beginning. */
    private static boolean overlap(String sentence, String expect) {
        return expect.contains(sentence)
                || sentence.startsWith(expect)
                || expect.contains(sentence.substring(0, Math.min(sentence.length(), 28)));
    }
}
