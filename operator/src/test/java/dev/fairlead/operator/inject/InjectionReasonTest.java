package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InjectionReasonTest {
    @Test
    void theDocumentationHasARowForEveryReasonAndNoOther() throws IOException {
        var lines = Files.readAllLines(Path.of("../docs/inject.md"));
        var rows = lines.subList(lines.indexOf("| reason | label | outcome | meaning |") + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows)
                .containsExactly(Stream.of(InjectionReason.values())
                        .map(reason -> "| `" + reason.text() + "` | `" + reason.label() + "` | "
                                + reason.outcome().name().toLowerCase(Locale.ROOT) + " | " + reason.meaning() + " |")
                        .toArray(String[]::new));
    }

    @Test
    void namesAreWhatEventsAndMetricsTake() {
        assertThat(InjectionReason.values())
                .extracting(InjectionReason::text)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("[A-Z][A-Za-z]{2,62}"));
        assertThat(InjectionReason.values())
                .extracting(InjectionReason::label)
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z][a-z_]{2,62}"));
    }
}
