package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
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

/**
 * A folder a case: {@code in-*.yaml} is the world, {@code out-NAMESPACE.POD.json} what that pod's sidecar gets, {@code
 * out-diagnostics.txt} what is found. With {@code -Dgolden.update=true} the outputs are written instead of compared: read the
 * diff before committing it.
 */
class CompileGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/compile");

    /** Those are said by whoever looks into a cluster or an environment, not by compiling. */
    private static final Set<Reason> SAID_BY_LOOKUPS = Set.of(Reason.SECRETS_NOT_READABLE, Reason.ENVIRONMENT_NOT_SET);

    private final boolean update = Boolean.getBoolean("golden.update");
    private final Compiler compiler = new Compiler(ProviderProfiles.load());
    private final RedactedConfigs configs = new RedactedConfigs();

    @TestFactory
    Stream<DynamicTest> everyCaseCompilesToWhatIsCommitted() throws IOException {
        return children(CASES).stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    @Test
    void thereIsACaseForEveryReasonThatACompilationCanGive() throws IOException {
        var reasons = new ArrayList<String>();
        for (var folder : children(CASES)) {
            compiler.compile(world(folder))
                    .diagnostics()
                    .forEach(found -> reasons.add(found.reason().text()));
        }
        assertThat(reasons)
                .contains(Stream.of(Reason.values())
                        .filter(reason -> !SAID_BY_LOOKUPS.contains(reason))
                        .map(Reason::text)
                        .toArray(String[]::new));
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
        for (var file : children(folder)) {
            if (file.getFileName().toString().startsWith("in-")) {
                files.read(file);
            }
        }
        return files.world();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
