package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy has to work. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path PROFILES = EXAMPLES.resolve("simulator");
    private static final Path GITOPS = EXAMPLES.resolve("gitops");

    @ParameterizedTest
    @MethodSource("folders")
    void everyFolderOfManifestsIsValid(Path folder) {
        var result = new Cli().run("validate", folder);
        assertSound(result);
    }

    @Test
    void whatIsInGitIsValidOnceTheSecretIsThere(@TempDir Path elsewhere) throws IOException {
        var secret = Files.writeString(elsewhere.resolve("secret.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: openai-keys, namespace: ai-platform}
                stringData: {api-key: sk-one, account-a: sk-two, account-b: sk-three}
                """);
        assertSound(new Cli().run("validate", GITOPS, secret));
        assertThat(new Cli().run("validate", GITOPS).out())
                .as("without it")
                .contains("Secret 'ai-platform/openai-keys' does not exist")
                .endsWith("5 objects, 2 errors, 0 warnings\n");
    }

    /** Nothing is said but that a cluster's own kinds are passed over, and that nobody leases limits here. */
    private static void assertSound(Cli.Result result) {
        var lines = result.out().lines().toList();
        assertThat(lines).last(InstanceOfAssertFactories.STRING).startsWith("ok: ");
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(
                        line -> line.contains(": note: ignored: ") || line.contains(": note: Leased counts as Local"));
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
                .filter(folder -> !folder.equals(PROFILES) && !folder.equals(GITOPS))
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
