package dev.fairlead.operator.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests by which the CRDs are judged on a real API server, judged here. What both say must be the same: what is taken
 * with which defaults, and what is refused where and why.
 */
class FixturesTest {
    private static final Path ROOT = Path.of("..", "crds", "src", "test", "fixtures");

    @ParameterizedTest
    @MethodSource("valid")
    void takesWhatIsValid(Path file) {
        var manifests = read(text(file));

        assertThat(manifests.findings()).isEmpty();
        assertThat(manifests.objects()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("defaulted")
    void fillsInTheSameDefaults(Path file) {
        var full = read(text(file)).objects().get(0).body();
        var brief = read(text(ROOT.resolve("valid").resolve(file.getFileName())))
                .objects()
                .get(0)
                .body();

        assertThat(brief.get("spec")).isEqualTo(full.get("spec"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatIsNotValidWithTheSameWordsAtTheSamePlace(Path file) {
        String text = text(file);
        var manifests = read(text);

        assertThat(manifests.objects()).isEmpty();
        assertThat(manifests.findings()).anySatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(header(text, "# at: "));
            assertThat(finding.message()).contains(header(text, "# expect: "));
        });
    }

    @ParameterizedTest
    @MethodSource("hiding")
    void doesNotRepeatWhatMayBeACredential(Path file) {
        String text = text(file);

        assertThat(read(text).findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain(header(text, "# hides: ")));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void saysNothingElseAboutIt(Path file) {
        String at = header(text(file), "# at: ");

        assertThat(read(text(file)).findings())
                .allSatisfy(finding -> assertThat(finding.path().isEmpty()
                                || finding.path().startsWith(at)
                                || at.startsWith(finding.path()))
                        .as(finding.toString())
                        .isTrue());
    }

    /** Rules about changes have no say when an object is new, and none of them may fail because there is no old one. */
    @ParameterizedTest
    @MethodSource("changed")
    void takesAsNewWhatIsRefusedAsAChangeOnly(Path file) {
        var manifests = read(text(file));

        assertThat(manifests.findings()).isEmpty();
        assertThat(manifests.objects()).hasSize(1);
    }

    @Test
    void thereAreFixturesAtAll() throws IOException {
        assertThat(valid()).hasSizeGreaterThan(20);
        assertThat(invalid()).hasSizeGreaterThan(50);
        assertThat(defaulted()).isNotEmpty();
    }

    static List<Path> valid() throws IOException {
        return Stream.of(files("valid"), files("defaulted"), files("valid-update"))
                .flatMap(List::stream)
                .toList();
    }

    static List<Path> defaulted() throws IOException {
        return files("defaulted");
    }

    static List<Path> invalid() throws IOException {
        return files("invalid");
    }

    static List<Path> hiding() throws IOException {
        return invalid().stream()
                .filter(file -> text(file).contains("# hides: "))
                .toList();
    }

    static List<Path> changed() throws IOException {
        return files("invalid-update").stream()
                .filter(file -> !file.endsWith(Path.of("keypool-last-key-removed", "after.yaml")))
                .toList();
    }

    private static List<Path> files(String folder) throws IOException {
        try (var files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(String text, String label) {
        return text.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst()
                .orElseThrow();
    }

    private static Manifests read(String text) {
        var reading = new ManifestReading(Folder.KINDS, "default", new EnvironmentText(name -> null));
        reading.file("fixture.yaml", new YamlReader().read(text.getBytes(UTF_8)));
        return reading.result();
    }
}
