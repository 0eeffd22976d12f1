package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fairlead.operator.inject.InjectionDecision.Deny;
import dev.fairlead.operator.inject.InjectionDecision.Inject;
import dev.fairlead.operator.inject.InjectionDecision.Skip;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A folder a case: {@code in-pod.yaml} is created in the namespace of {@code in-namespace.yaml} (one that is opted in where
 * there is none); {@code out-pod.yaml} is what becomes of it, or {@code out-decision.txt}
 * why nothing does; {@code out-warnings.txt} what its author is told. With {@code -Dgolden.update=true} the outputs are written
 * instead of compared: read the diff before committing it.
 */
class InjectionGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/inject");
    private static final Set<String> INPUTS = Set.of("in-pod.yaml", "in-namespace.yaml");

    private final boolean update = Boolean.getBoolean("golden.update");
    private final InjectionRules rules = new InjectionRules(Injection.settings(), Injection.issued());
    private final InjectedPodCheck check = new InjectedPodCheck(Injection.settings(), Injection.issued());
    private final ObjectMapper yaml = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build();

    @TestFactory
    Stream<DynamicTest> everyPodBecomesWhatIsCommitted() throws IOException {
        return children(CASES).stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    @Test
    void thereIsACaseForEveryReasonThatRulesCanGive() throws IOException {
        var reasons = new ArrayList<InjectionReason>();
        for (var folder : children(CASES)) {
            reasons.add(
                    decide(folder, yaml.readTree(folder.resolve("in-pod.yaml").toFile()))
                            .reason());
        }
        assertThat(reasons)
                .contains(Stream.of(InjectionReason.values())
                        .filter(reason -> reason != InjectionReason.INTERNAL_ERROR)
                        .toArray(InjectionReason[]::new));
    }

    private void check(Path folder) throws IOException {
        var pod = yaml.readTree(folder.resolve("in-pod.yaml").toFile());
        var before = pod.deepCopy();
        var decision = decide(folder, pod);
        var expected = outputs(pod, decision);
        if (update) {
            for (var output : expected.entrySet()) {
                Files.writeString(folder.resolve(output.getKey()), output.getValue());
            }
        }
        var found = new TreeMap<String, String>();
        for (var file : children(folder)) {
            String name = file.getFileName().toString();
            if (name.startsWith("out-")) {
                found.put(name, Files.readString(file));
            } else {
                assertThat(INPUTS).as("a file that nobody reads").contains(name);
            }
        }
        assertThat(found).isEqualTo(expected);
        assertThat(pod).as("the pod that was given").isEqualTo(before);
        if (decision instanceof Inject inject) {
            var patched = Patched.apply(pod, inject.patch());
            var again = (Inject) decide(folder, patched);
            assertThat(again.patch()).as("applied twice").isEmpty();
            assertThat(check.objection(pod(patched)))
                    .as("what injection writes is given keys")
                    .isEmpty();
        } else {
            assertThat(check.objection(pod(pod))).as("is given no keys").isPresent();
        }
    }

    private Map<String, String> outputs(JsonNode pod, InjectionDecision decision) throws IOException {
        var outputs = new TreeMap<String, String>();
        if (decision instanceof Inject inject) {
            if (inject.patch().isEmpty()) {
                outputs.put("out-decision.txt", "INJECT " + inject.reason().text() + "\n");
            } else {
                outputs.put("out-pod.yaml", yaml.writeValueAsString(Patched.apply(pod, inject.patch())));
            }
            if (!inject.warnings().isEmpty()) {
                outputs.put("out-warnings.txt", String.join("\n", inject.warnings()) + "\n");
            }
        } else if (decision instanceof Skip skip) {
            String asked = skip.asked() ? " (asked)" : "";
            outputs.put("out-decision.txt", "SKIP " + skip.reason().text() + asked + "\n" + skip.detail() + "\n");
        } else if (decision instanceof Deny deny) {
            outputs.put("out-decision.txt", "DENY " + deny.reason().text() + "\n" + deny.detail() + "\n");
        }
        return outputs;
    }

    private InjectionDecision decide(Path folder, JsonNode pod) throws IOException {
        var name = "team-a";
        Map<String, String> labels = Map.of(InjectionNames.INJECT_LABEL, InjectionNames.ENABLED);
        var file = folder.resolve("in-namespace.yaml");
        if (Files.exists(file)) {
            var namespace = yaml.readValue(file.toFile(), Namespace.class);
            name = namespace.getMetadata().getName();
            var given = namespace.getMetadata().getLabels();
            labels = given == null ? Map.of() : given;
        }
        return rules.decide(new InjectionRequest(pod(pod), name, labels, Injection.CA_BUNDLE));
    }

    private Pod pod(JsonNode pod) throws IOException {
        return yaml.treeToValue(pod, Pod.class);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
