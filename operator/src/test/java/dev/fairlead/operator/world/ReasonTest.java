package dev.fairlead.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void theReferenceHasARowForEveryReasonAndNoOther() throws IOException {
        var rows = Files.readAllLines(Path.of("../docs/reference/reasons.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .containsExactly(Stream.of(Reason.values())
                        .map(reason -> "| `" + reason.text() + "` | " + reason.meaning() + " |")
                        .toArray(String[]::new));
    }

    @Test
    void namesAreWhatAKubernetesConditionTakes() {
        assertThat(Reason.values())
                .extracting(Reason::text)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z][A-Za-z]{2,62}"));
        assertThat(ConditionType.values()).extracting(ConditionType::text).doesNotHaveDuplicates();
    }
}
