package dev.fairlead.sidecar.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives every series, that is a metric with its label values, its place in the {@link Cells} of all loops: for ever, so that a
 * series which a later configuration brings back goes on where it was. Safe for any thread; asked when a series is first met,
 * never for every call.
 */
final class SeriesBook {
    /**
     * @param values of the metric's labels, in their order
     * @param index where its cells begin, in every loop
     */
    record Series(Metric metric, List<String> values, int index) {}

    private final Map<List<Object>, Series> byName = new HashMap<>();
    private final List<Series> all = new ArrayList<>();
    private int nextIndex;

    /** The place of a series; a label value of {@code null} stands for none, an empty one. */
    synchronized int index(Metric metric, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.exposedName() + " has labels " + metric.labels() + ", got "
                    + labelValues.length + " values");
        }
        List<String> values = new ArrayList<>(labelValues.length);
        for (String value : labelValues) {
            values.add(value == null ? "" : value);
        }
        return byName.computeIfAbsent(List.of(metric, values), name -> add(metric, List.copyOf(values)))
                .index();
    }

    private Series add(Metric metric, List<String> values) {
        Series series = new Series(metric, values, nextIndex);
        nextIndex += metric.type() == Metric.Type.HISTOGRAM ? metric.buckets().cells() : 1;
        all.add(series);
        return series;
    }

    /** Every series so far, in the order in which they were met. */
    synchronized List<Series> all() {
        return List.copyOf(all);
    }
}
