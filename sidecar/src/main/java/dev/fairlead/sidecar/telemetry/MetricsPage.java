package dev.fairlead.sidecar.telemetry;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page that Prometheus scrapes. Safe for any thread; it takes a few milliseconds where there are thousands of series, so an
 * event loop should have it rendered elsewhere.
 */
public final class MetricsPage {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    /** A rendered page. */
    public record Page(String contentType, String body) {}

    private final Metrics metrics;
    private final Map<Gauge, GaugeSource> gauges;
    private final ProcessMetrics process = new ProcessMetrics();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();

    /** @param gauges who knows the numbers that live elsewhere; a gauge without a source is not on the page */
    public MetricsPage(Metrics metrics, Map<Gauge, GaugeSource> gauges) {
        this.metrics = metrics;
        this.gauges = new EnumMap<>(Gauge.class);
        this.gauges.putAll(gauges);
    }

    /** @param accept the request's {@code Accept}, may be {@code null}; OpenMetrics where it is asked for */
    public Page render(String accept) {
        ExpositionFormatWriter writer = accept != null && openMetrics.accepts(accept) ? openMetrics : text;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, snapshots());
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory failed", e);
        }
        return new Page(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    MetricSnapshots snapshots() {
        Map<Metric, Family> families = new EnumMap<>(Metric.class);
        Function<Metric, Family> family = metric -> families.computeIfAbsent(metric, Family::new);
        metrics.series().forEach(series -> add(series, family.apply(series.metric())));
        gauges.forEach((gauge, source) -> read(gauge, source, families));
        process.read(family);
        return new MetricSnapshots(families.values().stream()
                .filter(one -> !one.isEmpty())
                .map(Family::snapshot)
                .toList());
    }

    private void add(SeriesBook.Series series, Family family) {
        if (series.metric().type() != Metric.Type.HISTOGRAM) {
            family.add(metrics.sum(series.index()), series.values());
            return;
        }
        Buckets buckets = series.metric().buckets();
        long[] counts = new long[buckets.count()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = metrics.sum(series.index() + i);
        }
        family.addHistogram(counts, buckets.exposed(metrics.sum(series.index() + counts.length)), series.values());
    }

    /** One source that fails must not take the page from the others: its values are taken all or not at all. */
    private static void read(Gauge gauge, GaugeSource source, Map<Metric, Family> families) {
        try {
            Family family = new Family(gauge.metric());
            source.read((value, labelValues) -> family.add(value, List.of(labelValues)));
            family.snapshot();
            families.put(gauge.metric(), family);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("gauge", gauge).addKeyValue("error", e).log("gauge_unreadable");
        }
    }
}
