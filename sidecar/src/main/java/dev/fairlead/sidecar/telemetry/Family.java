package dev.fairlead.sidecar.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;

/** One metric with all its values at the moment of a scrape, in Prometheus's own model. */
final class Family {
    private static final long NO_TIMESTAMP = 0;

    private final Metric metric;
    private final List<DataPointSnapshot> points = new ArrayList<>();

    Family(Metric metric) {
        this.metric = metric;
    }

    /** Adds one value of a counter, gauge or info. */
    void add(double value, List<String> labelValues) {
        Labels labels = labels(labelValues);
        points.add(
                switch (metric.type()) {
                    case COUNTER -> new CounterSnapshot.CounterDataPointSnapshot(value, labels, null, NO_TIMESTAMP);
                    case GAUGE -> new GaugeSnapshot.GaugeDataPointSnapshot(value, labels, null);
                    case INFO -> new InfoSnapshot.InfoDataPointSnapshot(labels);
                    case HISTOGRAM, SUMMARY ->
                        throw new IllegalArgumentException(metric.exposedName() + " is not one value");
                });
    }

    void add(long value, List<String> labelValues) {
        add((double) value, labelValues);
    }

    /** @param counts per bucket, not cumulative */
    void addHistogram(long[] counts, double sum, List<String> labelValues) {
        points.add(new HistogramSnapshot.HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(metric.buckets().exposedBounds(), counts),
                sum,
                labels(labelValues),
                Exemplars.EMPTY,
                NO_TIMESTAMP));
    }

    void addSummary(long count, double sum, List<String> labelValues) {
        points.add(new SummarySnapshot.SummaryDataPointSnapshot(
                count, sum, Quantiles.EMPTY, labels(labelValues), Exemplars.EMPTY, NO_TIMESTAMP));
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    MetricSnapshot snapshot() {
        MetricMetadata metadata = metadata();
        return switch (metric.type()) {
            case COUNTER -> new CounterSnapshot(metadata, points(CounterSnapshot.CounterDataPointSnapshot.class));
            case GAUGE -> new GaugeSnapshot(metadata, points(GaugeSnapshot.GaugeDataPointSnapshot.class));
            case HISTOGRAM ->
                new HistogramSnapshot(metadata, points(HistogramSnapshot.HistogramDataPointSnapshot.class));
            case SUMMARY -> new SummarySnapshot(metadata, points(SummarySnapshot.SummaryDataPointSnapshot.class));
            case INFO -> new InfoSnapshot(metadata, points(InfoSnapshot.InfoDataPointSnapshot.class));
        };
    }

    private <P extends DataPointSnapshot> List<P> points(Class<P> type) {
        return points.stream().map(type::cast).toList();
    }

    /** The model's names leave out what the text format appends by itself. */
    private MetricMetadata metadata() {
        String name = metric.exposedName();
        String base = switch (metric.type()) {
            case COUNTER -> name.substring(0, name.length() - "_total".length());
            case INFO -> name.substring(0, name.length() - "_info".length());
            case GAUGE, HISTOGRAM, SUMMARY -> name;
        };
        return new MetricMetadata(base, metric.meaning(), metric.unit().isEmpty() ? null : new Unit(metric.unit()));
    }

    private Labels labels(List<String> values) {
        return Labels.of(metric.labels(), values);
    }
}
