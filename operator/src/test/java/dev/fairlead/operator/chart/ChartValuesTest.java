package dev.fairlead.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every value is described, refused when misspelt, and does something. */
class ChartValuesTest {
    private static final Path CHART = Path.of("../charts/fairlead");
    private static final Path TESTS = Path.of("../charts/tests");

    /** Values that choose whether an object exists, by its kind. */
    private static final Map<String, String> SWITCHES = Map.of(
            "guards.tokens.enabled",
            "ValidatingAdmissionPolicy",
            "networkPolicy.enabled",
            "NetworkPolicy",
            "monitoring.podMonitor.enabled",
            "PodMonitor");

    private final JsonNode schema =
            new ObjectMapper().readTree(CHART.resolve("values.schema.json").toFile());
    private final JsonNode defaults = yaml(CHART.resolve("values.yaml"));

    ChartValuesTest() throws IOException {}

    @Test
    void theChartInstallsTheVersionThatThisBuildMakes() throws IOException {
        var pom = Pattern.compile("<artifactId>fairlead</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(pom.find()).isTrue();
        var chart = yaml(CHART.resolve("Chart.yaml"));
        assertThat(chart.path("appVersion").asText()).isEqualTo(pom.group(1));
        assertThat(chart.path("version").asText()).isEqualTo(pom.group(1).replace("-SNAPSHOT", ""));
        assertThat(yaml(Path.of("../examples/cluster/kustomization.yaml"))
                        .at("/images/0/newTag")
                        .asText())
                .isEqualTo(pom.group(1));
    }

    @Test
    void everyValueIsDescribedAndNoOtherIsTaken() {
        List<String> faults = new ArrayList<>();
        check(schema, "", faults);
        assertThat(faults).isEmpty();
    }

    @Test
    void everyValueHasADefaultAndEveryDefaultIsInTheSchema() {
        var declared = new ArrayList<>(leaves(schema, ""));
        declared.remove("global");
        assertThat(paths(defaults, declared)).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void everyValueShowsInTheObjects() throws IOException {
        var declared = new ArrayList<>(leaves(schema, ""));
        declared.remove("global");
        var set = yaml(TESTS.resolve("every-value/values.yaml"));
        var before = Files.readString(TESTS.resolve("default/expected.yaml"));
        var after = Files.readString(TESTS.resolve("every-value/expected.yaml"));
        for (var path : declared) {
            var value = at(set, path);
            assertThat(value.isMissingNode())
                    .as("charts/tests/every-value sets %s", path)
                    .isFalse();
            assertThat(value).as("%s is other than its default", path).isNotEqualTo(at(defaults, path));
            if (SWITCHES.containsKey(path)) {
                var kind = "kind: " + SWITCHES.get(path) + "\n";
                assertThat(after.contains(kind)).as(path).isEqualTo(value.asBoolean());
                assertThat(before.contains(kind)).as(path).isNotEqualTo(value.asBoolean());
                continue;
            }
            for (var text : texts(value)) {
                assertThat(count(after, text)).as("%s: %s", path, text).isGreaterThan(count(before, text));
            }
        }
    }

    private void check(JsonNode node, String path, List<String> faults) {
        var object = resolved(node);
        if (!object.has("properties")) {
            return;
        }
        if (object.path("additionalProperties").asBoolean(true)) {
            faults.add(path + " takes what it does not know");
        }
        for (var property : object.path("properties").properties()) {
            if (property.getValue().path("description").asText().isBlank()) {
                faults.add(path + "." + property.getKey() + " has no description");
            }
            check(property.getValue(), path + "." + property.getKey(), faults);
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? schema.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** Paths of all values; what is in a list or a free map belongs to the value. */
    private List<String> leaves(JsonNode node, String path) {
        var object = resolved(node);
        if (!object.has("properties")) {
            return List.of(path);
        }
        List<String> found = new ArrayList<>();
        for (var property : object.path("properties").properties()) {
            found.addAll(
                    leaves(property.getValue(), path.isEmpty() ? property.getKey() : path + "." + property.getKey()));
        }
        return found;
    }

    /** Paths of all values in a file, not deeper than what is declared. */
    private static List<String> paths(JsonNode values, List<String> declared) {
        Map<String, JsonNode> found = new TreeMap<>();
        collect(values, "", declared, found);
        return List.copyOf(found.keySet());
    }

    private static void collect(JsonNode node, String path, List<String> declared, Map<String, JsonNode> found) {
        if (declared.contains(path) || !node.isObject()) {
            found.put(path, node);
            return;
        }
        for (var property : node.properties()) {
            collect(
                    property.getValue(),
                    path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                    declared,
                    found);
        }
    }

    private static JsonNode at(JsonNode values, String path) {
        return values.at("/" + path.replace('.', '/'));
    }

    private static List<String> texts(JsonNode value) {
        if (!value.isContainerNode()) {
            return List.of(value.asText());
        }
        List<String> texts = new ArrayList<>();
        value.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static JsonNode yaml(Path file) throws IOException {
        var content = new YamlReader().read(Files.readString(file));
        assertThat(content.problems()).as(file.toString()).isEmpty();
        return content.documents().get(0).value();
    }
}
