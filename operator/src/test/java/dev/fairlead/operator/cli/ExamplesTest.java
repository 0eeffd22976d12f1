package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy has to work. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path PROFILES = EXAMPLES.resolve("simulator");

    @ParameterizedTest
    @MethodSource("folders")
    void everyFolderOfManifestsIsValid(Path folder) {
        var result = new Cli().run("validate", folder);
        assertThat(result.out()).startsWith("ok: ").hasLineCount(1);
        assertThat(result.code()).isZero();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void everySimulatorProfileCanBeRead(Path profile) throws Exception {
        assertThat(new ProfileReader().read(profile).accounts()).isNotEmpty();
    }

    @Test
    void aRealKeyTakesSixLinesOfKeyPoolAndComesFromTheEnvironment() throws IOException {
        var folder = EXAMPLES.resolve("real-key");
        assertThat(Files.readAllLines(folder.resolve("keypool.yaml")).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#")))
                .hasSizeLessThanOrEqualTo(6);
        var compiled = new Cli().with("OPENAI_API_KEY", "sk-mine").run("compile", folder, "-o", "json");
        assertThat(compiled.code()).isZero();
        var config = new ObjectMapper().readTree(compiled.out());
        assertThat(config.at("/pools/0/baseUrl").asText()).isEqualTo("https://api.openai.com/v1");
        assertThat(config.at("/pools/0/keys")).hasSize(1);
        assertThat(config.at("/routes/0/audience").asText()).isEqualTo("OWN");
        assertThat(new Cli().run("compile", folder).err()).contains("OPENAI_API_KEY");
    }

    static List<Path> folders() throws IOException {
        return children(EXAMPLES).stream()
                .filter(Files::isDirectory)
                .filter(folder -> !folder.equals(PROFILES))
                .toList();
    }

    static List<Path> profiles() throws IOException {
        return children(PROFILES);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
