package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final Path REFERENCE = Path.of("..", "docs", "metrics.md");

    private final Metrics metrics = new Metrics(1);

    /** One source for every gauge, with as many label values as it has labels. */
    private static Map<Gauge, GaugeSource> everyGauge() {
        Map<Gauge, GaugeSource> sources = new EnumMap<>(Gauge.class);
        for (Gauge gauge : Gauge.values()) {
            String[] labels =
                    gauge.metric().labels().stream().map(label -> "of-" + label).toArray(String[]::new);
            sources.put(gauge, to -> to.value(3, labels));
        }
        return sources;
    }

    private String page(Map<Gauge, GaugeSource> gauges) {
        return new MetricsPage(metrics, gauges).render(null).body();
    }

    @Test
    void gaugesAreReadAtEveryScrape() {
        int[] waiting = {0};
        MetricsPage page = new MetricsPage(metrics, Map.of(Gauge.WAITING, to -> to.value(++waiting[0], "ai/openai")));

        assertThat(page.render(null).body()).contains("fairlead_waiting{pool=\"ai/openai\"} 1.0\n");
        assertThat(page.render(null).body()).contains("fairlead_waiting{pool=\"ai/openai\"} 2.0\n");
    }

    @Test
    void everyGaugeHasItsNameAndLabels() {
        assertThat(page(everyGauge()))
                .contains("fairlead_pool_keys{pool=\"of-pool\",state=\"of-state\"} 3.0\n")
                .contains("fairlead_leases_in_flight{pool=\"of-pool\"} 3.0\n")
                .contains("# TYPE fairlead_leases_leaked_total counter\nfairlead_leases_leaked_total 3.0\n")
                .contains("# TYPE fairlead_records_dropped_total counter\nfairlead_records_dropped_total 3.0\n")
                .contains("fairlead_config_info{hash=\"of-hash\"} 1\n")
                .contains("fairlead_config_age_seconds 3.0\n")
                .contains("fairlead_byte_budget_used_bytes 3.0\n")
                .contains("fairlead_byte_budget_limit_bytes 3.0\n")
                .contains("fairlead_client_connections 3.0\n")
                .contains("fairlead_direct_memory_bytes 3.0\n");
    }

    @Test
    void aSourceThatFailsTakesNothingElseFromThePage() {
        Map<Gauge, GaugeSource> sources = everyGauge();
        sources.put(Gauge.WAITING, to -> {
            to.value(1, "ai/openai");
            throw new IllegalStateException("pool is being replaced");
        });
        sources.put(Gauge.LEASES_IN_FLIGHT, to -> {
            to.value(1, "twice");
            to.value(2, "twice");
        });
        sources.put(Gauge.POOL_KEYS, to -> to.value(1, "a label too few"));

        assertThat(page(sources))
                .doesNotContain("fairlead_waiting")
                .doesNotContain("fairlead_leases_in_flight")
                .doesNotContain("fairlead_pool_keys")
                .contains("fairlead_config_age_seconds 3.0\n");
    }

    @Test
    void openMetricsIsServedWhereItIsAskedFor() {
        metrics.loop(0).count(SampleConfigs.answered("chat"));
        MetricsPage page = new MetricsPage(metrics, everyGauge());

        MetricsPage.Page open = page.render(
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.1");
        assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(open.body())
                .endsWith("# EOF\n")
                .contains("# TYPE fairlead_requests counter\n")
                .contains("# UNIT gen_ai_client_operation_duration_seconds seconds\n")
                .contains("# TYPE fairlead_config info\n");

        for (String accept : new String[] {null, "*/*", "text/plain", "text/html,application/json"}) {
            MetricsPage.Page plain = page.render(accept);
            assertThat(plain.contentType()).as("%s", accept).startsWith("text/plain; version=0.0.4");
            assertThat(plain.body()).doesNotContain("# EOF").contains("# TYPE fairlead_requests_total counter\n");
        }
    }

    @Test
    void aNameCannotBreakALine() {
        String page = page(Map.of(Gauge.WAITING, to -> to.value(1, "a\"b\\c\nd")));
        assertThat(page).contains("fairlead_waiting{pool=\"a\\\"b\\\\c\\nd\"} 1.0\n");
    }

    @Test
    void theProcessShowsItself() {
        String page = page(Map.of());
        for (String start : List.of(
                "jvm_memory_used_bytes{area=\"heap\"} ",
                "jvm_memory_used_bytes{area=\"nonheap\"} ",
                "jvm_memory_max_bytes{area=\"heap\"} ",
                "jvm_buffer_pool_used_bytes{pool=\"direct\"} ",
                "jvm_gc_collection_seconds_count{gc=",
                "jvm_threads_current ",
                "process_cpu_seconds_total ",
                "process_open_fds ",
                "process_max_fds ",
                "process_start_time_seconds ")) {
            assertThat(page).contains("\n" + start);
        }
        assertThat(valueOf(page, "process_cpu_seconds_total")).isPositive();
        assertThat(valueOf(page, "jvm_memory_used_bytes{area=\"heap\"}")).isGreaterThan(1_000_000);
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertThat(valueOf(page, "process_resident_memory_bytes")).isGreaterThan(10_000_000);
        }
    }

    private static double valueOf(String page, String series) {
        return page.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theReferenceListsExactlyTheMetricsThereAre() throws IOException {
        List<String> expected =
                Stream.of(Metric.values()).map(MetricsPageTest::row).toList();
        List<String> documented = Files.readAllLines(REFERENCE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(documented)
                .as("rows of docs/metrics.md; they should be\n%s", String.join("\n", expected))
                .containsExactlyElementsOf(expected);
    }

    private static String row(Metric metric) {
        String labels = metric.labels().isEmpty() ? "" : "`" + String.join("`, `", metric.labels()) + "`";
        return "| `" + metric.exposedName() + "` | " + metric.type().name().toLowerCase(java.util.Locale.ROOT) + " | "
                + labels + " | " + metric.unit() + " | " + metric.meaning() + " |";
    }

    @Test
    void everyMetricOnAFullPageIsOneOfTheList() {
        metrics.apply(SampleConfigs.withRoutes("chat"));
        metrics.loop(0).count(SampleConfigs.answered("chat"));
        metrics.loop(0).lagged(1);
        List<String> families = page(everyGauge())
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .toList();
        List<String> known = Stream.of(Metric.values()).map(Metric::exposedName).toList();
        assertThat(families).isSubsetOf(known);
        assertThat(families).hasSizeGreaterThan(25);
    }
}
