package dev.fairlead.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrdDriftTest {
    private static final Path COMMITTED = Path.of("..", "charts", "fairlead", "files", "crds");

    private static final Map<String, String> GENERATED = new CrdGeneration().files();

    @Test
    void committedCrdsAreWhatTheTypesSay() throws IOException {
        for (var file : GENERATED.entrySet()) {
            var committed = COMMITTED.resolve(file.getKey());
            assertThat(committed)
                    .as("charts/fairlead/files/crds/%s is missing: run %s", file.getKey(), CrdGeneration.COMMAND)
                    .exists();
            assertThat(Files.readString(committed))
                    .as(
                            "charts/fairlead/files/crds/%s is not what the Java types say: run %s and commit the result",
                            file.getKey(), CrdGeneration.COMMAND)
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void theReferenceOfFieldsIsWhatTheCrdsSay() throws IOException {
        var committed = Path.of("..", "docs", "reference", "fields.md");
        assertThat(Files.readString(committed))
                .as("docs/reference/fields.md is not what the CRDs say: run %s and commit it", CrdGeneration.COMMAND)
                .isEqualTo(new CrdReference().page(GENERATED));
    }

    @Test
    void noOtherFileLiesBesideThem() throws IOException {
        try (Stream<Path> files = Files.list(COMMITTED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(GENERATED.keySet());
        }
    }

    @Test
    void generatingTwiceGivesTheSameBytes() {
        assertThat(new CrdGeneration().files()).isEqualTo(GENERATED);
    }
}
