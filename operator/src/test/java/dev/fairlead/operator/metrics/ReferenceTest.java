package dev.fairlead.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/operator-metrics.md} lists exactly what there is. */
class ReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "operator-metrics.md");

    /** On the page only after a collection of that kind, or where the system tells. */
    private static final List<String> SOMETIMES =
            List.of("jvm_gc_pause_seconds", "jvm_gc_concurrent_phase_time_seconds", "system_load_average_1m");

    private static List<String> documentedRows() throws IOException {
        return Files.readAllLines(REFERENCE).stream()
                .filter(line -> line.startsWith("| `fairlead_"))
                .toList();
    }

    private static String row(String name, String type, List<String> labels, String unit, String meaning) {
        String shown = labels.isEmpty() ? "" : "`" + String.join("`, `", labels) + "`";
        return "| `" + name + "` | " + type + " | " + shown + " | " + unit + " | " + meaning + " |";
    }

    private static List<String> expectedRows() {
        List<String> rows = new ArrayList<>();
        for (OperatorCounter counter : OperatorCounter.values()) {
            rows.add(row(counter.exposedName(), "counter", counter.labels(), "", counter.meaning()));
        }
        for (OperatorGauge gauge : OperatorGauge.values()) {
            rows.add(row(gauge.exposedName(), "gauge", gauge.labels(), gauge.unit(), gauge.meaning()));
        }
        for (OperatorTimer timer : OperatorTimer.values()) {
            rows.add(row(timer.exposedName(), "histogram", List.of(), "seconds", timer.meaning()));
        }
        return rows;
    }

    private static String fullPage() {
        try (OperatorMetrics metrics = new OperatorMetrics()) {
            for (OperatorCounter counter : OperatorCounter.values()) {
                metrics.count(counter, counter.labels().toArray(String[]::new));
            }
            for (OperatorGauge gauge : OperatorGauge.values()) {
                metrics.gauge(gauge, () -> 1, gauge.labels().toArray(String[]::new));
            }
            for (OperatorTimer timer : OperatorTimer.values()) {
                metrics.record(timer, Duration.ofMillis(1));
            }
            return metrics.page(null).body();
        }
    }

    private static Stream<String> families() {
        return fullPage().lines().filter(line -> line.startsWith("# TYPE ")).map(line -> line.split(" ")[2]);
    }

    @Test
    void everyMetricOfOursIsARow() throws IOException {
        List<String> expected = expectedRows();
        assertThat(documentedRows())
                .as("rows of docs/operator-metrics.md; they should be\n%s", String.join("\n", expected))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyMetricOfOursIsOnThePageUnderThatNameAndNoOther() {
        List<String> names =
                expectedRows().stream().map(row -> row.split("`")[1]).toList();
        assertThat(families()
                        .filter(family -> family.startsWith("fairlead_"))
                        .filter(family -> !family.endsWith("_max")))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyMetricOfTheProcessIsNamed() throws IOException {
        List<String> documented = Files.readAllLines(REFERENCE).stream()
                .filter(line -> line.matches("\\| `(jvm|process|system)_.*"))
                .map(line -> line.split("`")[1])
                .toList();
        List<String> shown = families()
                .filter(family -> !family.startsWith("fairlead_") && !family.endsWith("_max"))
                .toList();
        assertThat(documented).containsAll(shown);
        assertThat(documented.stream().filter(name -> !SOMETIMES.contains(name)))
                .isSubsetOf(shown);
    }
}
