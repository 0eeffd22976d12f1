package dev.fairlead.operator.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody edits a folder; a sidecar that only remembers what it was given stands at the other end. */
class HotReloadTest {
    private static final Workload WORKLOAD = new Workload("default", "Standalone/test", "default", Map.of());

    @TempDir
    private Path temp;

    private Path folder;
    private final List<SidecarConfig> applied = new ArrayList<>();
    private boolean sidecarRefuses;
    private FolderWatch watch;
    private Reloader reloader;
    private final ReloaderLog log = new ReloaderLog();

    @BeforeEach
    void aFolderThatWorks() throws IOException {
        folder = Files.createDirectory(temp.resolve("manifests"));
        write("pool.yaml", pool("https://one.example.com/v1"));
        write("route.yaml", route("chat", "gpt-4o"));
        write("secret.yaml", secret("first"));
        var manifests = new ManifestFolder(List.of(folder), "default", name -> null);
        var compiler = new FolderCompiler(Compiler.standalone(ProviderProfiles.load()), WORKLOAD);
        watch = new FolderWatch(() -> FolderSignature.of(List.of(folder)));
        var reading = manifests.read();
        var first = compiler.compile(Admitted.first(reading), reading);
        assertThat(first.issues()).isEmpty();
        apply(first.config());
        reloader = new Reloader(manifests::read, compiler, this::target, first);
    }

    @Test
    void aChangeIsAppliedAfterTwoLooks() throws IOException {
        write("pool.yaml", pool("https://two.example.com/v1"));
        look();
        assertThat(applied).hasSize(1);
        look();
        assertThat(applied).hasSize(2);
        assertThat(baseUrl()).isEqualTo("https://two.example.com/v1");
    }

    @Test
    void aFileThatIsTouchedOrReformattedChangesNothing() throws IOException {
        write("pool.yaml", "# a comment\n" + pool("https://one.example.com/v1"));
        settle();
        assertThat(applied).hasSize(1);
    }

    @Test
    void aFileThatAnEditorRenamesIntoPlaceCounts() throws IOException {
        Files.writeString(folder.resolve(".pool.yaml.tmp"), pool("https://six.example.com/v1"));
        Files.move(folder.resolve(".pool.yaml.tmp"), folder.resolve("pool.yaml"), StandardCopyOption.REPLACE_EXISTING);
        settle();
        assertThat(baseUrl()).isEqualTo("https://six.example.com/v1");
    }

    @Test
    void anObjectWhoseNewVersionIsRefusedKeepsTheOldOneWhileOthersChange() throws IOException {
        write("pool.yaml", pool("not a url"));
        write("route.yaml", route("chat", "gpt-4o-mini"));
        settle();
        assertThat(baseUrl()).isEqualTo("https://one.example.com/v1");
        assertThat(models()).containsExactly("gpt-4o-mini");
        assertThat(log.lines())
                .anyMatch(line -> line.contains("pool.yaml:") && line.contains("KeyPool default/openai"))
                .anyMatch(line -> line.contains("kept as they were") && line.contains("KeyPool default/openai"));
    }

    @Test
    void aSecretThatIsRefusedKeepsItsValues() throws IOException {
        write("secret.yaml", secret("first").replace("stringData", "stringDate"));
        settle();
        assertThat(secretInForce()).isEqualTo("sk-first");
        write("secret.yaml", secret("second"));
        settle();
        assertThat(secretInForce()).isEqualTo("sk-second");
    }

    @Test
    void aNewObjectWithAnErrorIsNotThere() throws IOException {
        write("other.yaml", route("other", "o3").replace("models", "modles"));
        settle();
        assertThat(applied).hasSize(1);
        assertThat(log.lines()).anyMatch(line -> line.contains("AIRoute default/other"));
    }

    @Test
    void aFileThatCannotBeReadTakesNothingAway() throws IOException {
        write("pool.yaml", "kind: KeyPool\n  metadata: [\n");
        settle();
        assertThat(applied).hasSize(1);
        write("pool.yaml", pool("https://three.example.com/v1"));
        settle();
        assertThat(baseUrl()).isEqualTo("https://three.example.com/v1");
    }

    @Test
    void whatIsWrittenNowhereAnyMoreIsGone() throws IOException {
        Files.delete(folder.resolve("route.yaml"));
        settle();
        assertThat(last().routes()).isEmpty();
        assertThat(last().pools()).isEmpty();
    }

    @Test
    void anEmptyFolderAndOneThatIsGoneChangeNothing() throws IOException {
        var aside = Files.move(folder, temp.resolve("aside"));
        settle();
        assertThat(log.lines()).anyMatch(line -> line.contains("no such file or folder"));
        Files.createDirectory(folder);
        settle();
        assertThat(log.lines()).anyMatch(line -> line.contains("holds no manifest"));
        assertThat(applied).hasSize(1);

        Files.delete(folder);
        Files.move(aside, folder);
        write("pool.yaml", pool("https://four.example.com/v1"));
        settle();
        assertThat(baseUrl()).isEqualTo("https://four.example.com/v1");
    }

    @Test
    void aMountedConfigMapThatSwapsItsLinkIsReadAnew() throws IOException {
        deleteAll();
        mountVersion("..2026_1", "https://one.example.com/v1");
        mountVersion("..2026_2", "https://five.example.com/v1");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        for (String name : List.of("pool.yaml", "route.yaml", "secret.yaml")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        settle();
        assertThat(baseUrl()).isEqualTo("https://one.example.com/v1");
        Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..2026_2"));
        Files.move(folder.resolve("..tmp"), folder.resolve("..data"), StandardCopyOption.REPLACE_EXISTING);
        settle();
        assertThat(baseUrl()).isEqualTo("https://five.example.com/v1");
    }

    @Test
    void aFindingIsSaidOnceAndAgainOnlyWhenItHasBeenAway() throws IOException {
        write("pool.yaml", pool("not a url"));
        settle();
        settle();
        write("route.yaml", route("chat", "o3"));
        settle();
        assertThat(log.lines().filter(line -> line.contains("cannot be used: write http")))
                .hasSize(1);
        write("pool.yaml", pool("https://one.example.com/v1"));
        settle();
        write("pool.yaml", pool("not a url"));
        settle();
        assertThat(log.lines().filter(line -> line.contains("cannot be used: write http")))
                .hasSize(2);
    }

    @Test
    void whatTheSidecarRefusesIsSaidAndTheNextChangeTriesAgain() throws IOException {
        sidecarRefuses = true;
        write("pool.yaml", pool("https://two.example.com/v1"));
        settle();
        assertThat(applied).hasSize(1);
        assertThat(log.lines()).anyMatch(line -> line.contains("refused by the sidecar"));
        sidecarRefuses = false;
        write("route.yaml", route("chat", "o3"));
        settle();
        assertThat(baseUrl()).isEqualTo("https://two.example.com/v1");
        assertThat(models()).containsExactly("o3");
    }

    private void target(SidecarConfig config) throws ConfigException {
        if (sidecarRefuses) {
            throw new ConfigException("routes[0]", "is not to my taste");
        }
        apply(config);
    }

    private void apply(SidecarConfig config) {
        applied.add(config);
    }

    private void look() {
        if (watch.changed()) {
            reloader.reload();
        }
    }

    private void settle() {
        look();
        look();
    }

    private SidecarConfig last() {
        return applied.get(applied.size() - 1);
    }

    private String baseUrl() {
        return last().pools().get(0).baseUrl();
    }

    private String secretInForce() {
        return last().pools().get(0).keys().get(0).secret();
    }

    private Stream<String> models() {
        return last().routes().stream()
                .flatMap(route -> route.models().stream())
                .map(model -> model.name());
    }

    private void mountVersion(String name, String baseUrl) throws IOException {
        var version = Files.createDirectory(folder.resolve(name));
        Files.writeString(version.resolve("pool.yaml"), pool(baseUrl));
        Files.writeString(version.resolve("route.yaml"), route("chat", "gpt-4o"));
        Files.writeString(version.resolve("secret.yaml"), secret("first"));
    }

    private void deleteAll() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String pool(String baseUrl) {
        return """
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: openai}
                spec:
                  provider: {type: OpenAI, baseURL: "%s"}
                  keys: [{name: a, secretRef: {name: keys, key: a}}]
                """.formatted(baseUrl);
    }

    private static String route(String name, String model) {
        return """
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: %s}
                spec:
                  models:
                  - name: %s
                    targets: [{name: main, keyPoolRef: {name: openai}}]
                """.formatted(name, model);
    }

    private static String secret(String which) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                stringData: {a: sk-%s}
                """.formatted(which);
    }
}
