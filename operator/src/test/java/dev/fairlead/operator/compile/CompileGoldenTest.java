package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.manifest.Kinds;
import dev.fairlead.operator.manifest.ManifestReader;
import dev.fairlead.operator.manifest.Manifests;
import dev.fairlead.operator.standalone.Admitted;
import dev.fairlead.operator.standalone.ManifestWorld;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A folder a case: {@code in-world.yaml} is the world, {@code out-NAMESPACE.POD.json} what that pod's sidecar gets, {@code
 * out-diagnostics.txt} what is found. With {@code -Dgolden.update=true} the outputs are written instead of compared: read the
 * diff before committing it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompileGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/compile");

    /** Those are said by whoever looks into a cluster or an environment, not by compiling. */
    private static final Set<Reason> SAID_BY_LOOKUPS = Set.of(Reason.SECRETS_NOT_READABLE, Reason.ENVIRONMENT_NOT_SET);

    /** See {@link SelectedKeysTest}. */
    private static final Reason NEEDS_A_THOUSAND_SECRETS = Reason.TOO_MANY_KEYS;

    private final boolean update = Boolean.getBoolean("golden.update");
    private final Compiler compiler = new Compiler(ProviderProfiles.load());
    private final Compiler standalone = Compiler.standalone(ProviderProfiles.load());
    private final RedactedConfigs configs = new RedactedConfigs();
    private final ManifestReader manifests = new ManifestReader(Kinds.fairlead());

    @TestFactory
    Stream<DynamicTest> everyCaseCompilesToWhatIsCommitted() throws IOException {
        return children(CASES).stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    /** What a folder of manifests comes to is what a cluster comes to, its defaults included. */
    @TestFactory
    Stream<DynamicTest> whatAnApiServerTakesComesToTheSameFromAFolder() throws IOException {
        return children(CASES).stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> checkFromFolder(folder)));
    }

    private void checkFromFolder(Path folder) throws IOException {
        var reading = reading(folder);
        if (reading.hasErrors()) {
            assertThat(compiler.compile(world(folder)).diagnostics())
                    .as("what an API server refuses is found when it was let in before")
                    .isNotEmpty();
            return;
        }
        var workloads = world(folder).workloads();
        var world = new ManifestWorld().of(Admitted.first(reading), workloads);
        for (var output : outputs(compiler.compile(world)).entrySet()) {
            if (output.getKey().endsWith(".json")) {
                assertThat(output.getValue())
                        .as(output.getKey())
                        .isEqualTo(Files.readString(folder.resolve(output.getKey())));
            }
        }
    }

    @Test
    void mostCasesAreSuchThatAnApiServerTakesThem() throws IOException {
        var refused = new ArrayList<String>();
        for (var folder : children(CASES)) {
            if (reading(folder).hasErrors()) {
                refused.add(folder.getFileName().toString());
            }
        }
        assertThat(refused)
                .hasSizeLessThan(15)
                .allMatch(
                        name -> name.matches(
                                ".*(invalid|unreadable|no-schema|without-spec|required|unknown|selector-kinds|no-credential).*"));
    }

    @Test
    void thereIsACaseForEveryReasonThatACompilationCanGive() throws IOException {
        var reasons = new ArrayList<String>();
        for (var folder : children(CASES)) {
            for (var one : List.of(compiler, standalone)) {
                one.compile(world(folder))
                        .diagnostics()
                        .forEach(found -> reasons.add(found.reason().text()));
            }
        }
        assertThat(reasons)
                .contains(Stream.of(Reason.values())
                        .filter(Reason::ofFinding)
                        .filter(reason -> !SAID_BY_LOOKUPS.contains(reason))
                        .filter(reason -> reason != NEEDS_A_THOUSAND_SECRETS)
                        .map(Reason::text)
                        .toArray(String[]::new));
    }

    @Test
    void withoutAClusterLeasedIsLocalAndItIsSaidWhereThereIsALimit() throws IOException {
        var compilation = standalone.compile(world(CASES.resolve("pool-quota-group-without-credential")));
        assertThat(compilation.configs().values())
                .allSatisfy(config ->
                        assertThat(config.pools().get(0).coordination()).isEqualTo(CoordinationConfig.LOCAL));
        assertThat(compilation.diagnostics()).extracting(Diagnostic::reason).containsExactly(Reason.LEASED_AS_LOCAL);
        assertThat(standalone.compile(world(CASES.resolve("pool-without-auth"))).diagnostics())
                .extracting(Diagnostic::reason)
                .doesNotContain(Reason.LEASED_AS_LOCAL);
    }

    private Manifests reading(Path folder) {
        return manifests.read(List.of(folder.resolve("in-world.yaml")), "default", name -> null);
    }

    private void check(Path folder) throws IOException {
        var world = world(folder);
        var compilation = compiler.compile(world);
        var expected = outputs(compilation);
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
                assertThat(name)
                        .as("a file that nobody reads")
                        .startsWith("in-")
                        .endsWith(".yaml");
            }
        }
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, text) -> assertThat(found.get(name)).as(name).isEqualTo(text));
        assertThat(outputs(compiler.compile(shuffled(world))))
                .as("the same whatever the order of objects")
                .isEqualTo(expected);
    }

    private Map<String, String> outputs(Compilation compilation) {
        var outputs = new TreeMap<String, String>();
        compilation.configs().forEach((workload, config) -> outputs.put(fileName(workload), configs.json(config)));
        outputs.put(
                "out-diagnostics.txt",
                compilation.diagnostics().stream()
                        .map(CompileGoldenTest::line)
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
        return outputs;
    }

    private static String line(Diagnostic diagnostic) {
        return String.join(
                " ",
                diagnostic.severity().toString(),
                diagnostic.type().text(),
                diagnostic.reason().text(),
                diagnostic.text());
    }

    private static String fileName(Workload workload) {
        return "out-" + workload.namespace() + "." + workload.name().replaceAll("^.*/", "") + ".json";
    }

    private static World shuffled(World world) {
        return new World(
                shuffled(world.keyPools()),
                shuffled(world.routes()),
                shuffled(world.tenants()),
                shuffled(world.subscriptions()),
                world.secrets(),
                world.configMaps(),
                world.namespaces(),
                world.refused(),
                shuffled(world.workloads()));
    }

    private static <T> List<T> shuffled(List<T> list) {
        var copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(list.size()));
        return copy;
    }

    private static World world(Path folder) throws IOException {
        var files = new WorldFiles();
        files.read(folder.resolve("in-world.yaml"));
        return files.world();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
