package dev.fairlead.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's metrics. Counted where it happens, or read at every scrape from whoever counts already; a source that fails costs
 * its own series only. Safe on every thread; {@link #page} takes milliseconds and belongs on no event loop, everything else is
 * quick.
 */
public final class OperatorMetrics implements AutoCloseable {
    /** Labels are closed sets; should one not be, what is beyond this many series of a counter is counted as {@value #OTHER}. */
    static final int MOST_SERIES = 200;

    static final String OTHER = "other";
    private static final String TOTAL = "_total";
    private static final String SECONDS = "_seconds";
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private static final Logger LOG = LoggerFactory.getLogger(OperatorMetrics.class);

    /** A page and its {@code Content-Type}. */
    public record Page(String contentType, String body) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RuntimeMeters runtime = new RuntimeMeters(registry);
    private final Map<OperatorCounter, Map<List<String>, Counter>> counters = new EnumMap<>(OperatorCounter.class);
    private final Map<OperatorTimer, Timer> timers = new EnumMap<>(OperatorTimer.class);

    /** Micrometer itself refers to the sources of counters weakly. */
    private final List<Object> sources = Collections.synchronizedList(new ArrayList<>());

    private final List<Runnable> beforePage = new CopyOnWriteArrayList<>();

    public OperatorMetrics() {
        for (OperatorCounter counter : OperatorCounter.values()) {
            counters.put(counter, new ConcurrentHashMap<>());
        }
        for (OperatorTimer timer : OperatorTimer.values()) {
            timers.put(timer, timer(timer));
        }
    }

    private Timer timer(OperatorTimer timer) {
        String name = timer.exposedName().substring(0, timer.exposedName().length() - SECONDS.length());
        return Timer.builder(name)
                .description(timer.meaning())
                .serviceLevelObjectives(OperatorTimer.bounds())
                .register(registry);
    }

    /** Counts one. */
    public void count(OperatorCounter counter, String... labels) {
        List<String> values = checked(counter.exposedName(), counter.labels(), labels);
        Map<List<String>, Counter> series = counters.get(counter);
        Counter known = series.get(values);
        if (known == null) {
            List<String> bounded = series.size() < MOST_SERIES ? values : Collections.nCopies(values.size(), OTHER);
            known = series.computeIfAbsent(
                    bounded,
                    one -> Counter.builder(meterName(counter))
                            .description(counter.meaning())
                            .tags(tags(counter.labels(), one))
                            .register(registry));
        }
        known.increment();
    }

    /** Shows what is counted elsewhere, one series. */
    public void counted(OperatorCounter counter, LongSupplier source, String... labels) {
        List<String> values = checked(counter.exposedName(), counter.labels(), labels);
        Steady steady = new Steady(source);
        sources.add(steady);
        FunctionCounter.builder(meterName(counter), steady, Steady::value)
                .description(counter.meaning())
                .tags(tags(counter.labels(), values))
                .register(registry);
    }

    /** Shows what is counted elsewhere by the values of the counter's only label; values may come later. */
    public void countedBy(OperatorCounter counter, Supplier<Map<String, Long>> source) {
        if (counter.labels().size() != 1) {
            throw new IllegalArgumentException(
                    counter.exposedName() + ": got counts by one label, expected them by " + counter.labels());
        }
        Map<String, Boolean> known = new ConcurrentHashMap<>();
        beforePage.add(() -> source.get().keySet().stream().limit(MOST_SERIES).forEach(value -> {
            if (known.size() < MOST_SERIES && known.putIfAbsent(value, true) == null) {
                counted(counter, () -> source.get().getOrDefault(value, 0L), value);
            }
        }));
    }

    /** Shows a number that lives elsewhere; {@link Double#NaN} where there is none. */
    public void gauge(OperatorGauge gauge, DoubleSupplier source, String... labels) {
        List<String> values = checked(gauge.exposedName(), gauge.labels(), labels);
        Gauge.builder(gauge.exposedName(), source::getAsDouble)
                .description(gauge.meaning())
                .tags(tags(gauge.labels(), values))
                .register(registry);
    }

    /** Takes a measurement; a negative one, of clocks that disagree, counts as 0. */
    public void record(OperatorTimer timer, Duration took) {
        timers.get(timer).record(took.isNegative() ? Duration.ZERO : took);
    }

    /**
     * The page that Prometheus scrapes.
     *
     * @param accept the request's {@code Accept}, may be {@code null}; OpenMetrics where it is asked for
     */
    public Page page(String accept) {
        beforePage.forEach(OperatorMetrics::quietly);
        String type = accept != null && accept.contains(OPEN_METRICS)
                ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
        return new Page(type, registry.scrape(type));
    }

    private static void quietly(Runnable lookForNewSeries) {
        try {
            lookForNewSeries.run();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("counts could not be read");
        }
    }

    private static String meterName(OperatorCounter counter) {
        return counter.exposedName().substring(0, counter.exposedName().length() - TOTAL.length());
    }

    private static List<String> checked(String name, List<String> labels, String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    name + ": got " + values.length + " label values, expected one each of " + labels);
        }
        return List.of(values);
    }

    private static Tags tags(List<String> labels, List<String> values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(labels.get(i), values.get(i)));
        }
        return Tags.of(tags);
    }

    @Override
    public void close() {
        runtime.close();
        registry.close();
    }
}
