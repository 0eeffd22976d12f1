package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.Crds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/keypool.md} shows can be applied as it stands. */
class KeyPoolGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "keypool.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<String> snippets() throws IOException {
        return YAML.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void theColumnsOfTheGuideAreThoseOfTheKind() throws IOException {
        var crd = new KubernetesSerialization().unmarshal(Crds.yaml("keypools"), CustomResourceDefinition.class);
        var columns = crd.getSpec().getVersions().get(0).getAdditionalPrinterColumns().stream()
                .map(CustomResourceColumnDefinition::getName);
        assertThat(Files.readString(GUIDE).lines().filter(line -> line.startsWith("NAME ")))
                .singleElement()
                .satisfies(header -> assertThat(header.split(" +"))
                        .containsExactlyElementsOf(
                                Stream.concat(Stream.of("NAME"), columns).toList()));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everyManifestInTheGuideIsValidOnceItsSecretsAreThere(String snippet, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("guide.yaml"), snippet);
        Files.writeString(folder.resolve("secrets.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: openai-keys, namespace: ai-platform}
                stringData: {api-key: sk-1, a-1: sk-2, a-2: sk-3}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: llm-keys, namespace: ai-platform}
                stringData: {api-key: sk-4}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: redis-login, namespace: ai-platform}
                stringData: {password: example}
                """);
        var result = new Cli().run("validate", folder);
        assertThat(result.out()).contains("0 errors, 0 warnings");
        assertThat(result.code()).isZero();
    }
}
