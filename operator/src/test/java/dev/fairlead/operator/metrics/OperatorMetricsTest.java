package dev.fairlead.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private final OperatorMetrics metrics = new OperatorMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private String page() {
        return metrics.page(null).body();
    }

    @Test
    void whatIsCountedIsOnThePageByLabel() {
        metrics.count(OperatorCounter.INJECTIONS, "skip", "HostNetwork");
        metrics.count(OperatorCounter.INJECTIONS, "skip", "HostNetwork");
        metrics.count(OperatorCounter.INJECTIONS, "inject", "");
        metrics.count(OperatorCounter.ROLLOUTS);
        assertThat(page())
                .contains("# TYPE fairlead_operator_injections_total counter\n")
                .contains("fairlead_operator_injections_total{decision=\"skip\",reason=\"HostNetwork\"} 2.0\n")
                .contains("fairlead_operator_injections_total{decision=\"inject\",reason=\"\"} 1.0\n")
                .contains("fairlead_operator_rollouts_total 1.0\n");
    }

    @Test
    void aGaugeIsReadAtEveryPage() {
        AtomicLong connected = new AtomicLong(3);
        metrics.gauge(OperatorGauge.CONNECTED_SIDECARS, connected::get);
        assertThat(page()).contains("fairlead_operator_connected_sidecars 3.0\n");
        connected.set(4);
        assertThat(page()).contains("fairlead_operator_connected_sidecars 4.0\n");
    }

    @Test
    void aGaugeSurvivesAGarbageCollection() {
        metrics.gauge(OperatorGauge.LEADER, () -> 1);
        metrics.counted(OperatorCounter.CONFIGS_SENT, () -> 5);
        System.gc();
        assertThat(page())
                .contains("fairlead_operator_leader 1.0\n")
                .contains("fairlead_operator_configs_sent_total 5.0\n");
    }

    @Test
    void whatOthersCountIsShownAndNewLabelValuesAppear() {
        Map<String, Long> refused = new ConcurrentHashMap<>(Map.of("token_missing", 2L));
        metrics.countedBy(OperatorCounter.STREAMS_REFUSED, () -> refused);
        assertThat(page()).contains("fairlead_operator_streams_refused_total{code=\"token_missing\"} 2.0\n");
        refused.put("token_missing", 3L);
        refused.put("too_many_streams", 1L);
        assertThat(page())
                .contains("fairlead_operator_streams_refused_total{code=\"token_missing\"} 3.0\n")
                .contains("fairlead_operator_streams_refused_total{code=\"too_many_streams\"} 1.0\n");
    }

    @Test
    void aSourceThatFailsTakesNothingElseFromThePage() {
        metrics.gauge(OperatorGauge.LEADER, () -> {
            throw new IllegalStateException("broken");
        });
        metrics.counted(OperatorCounter.CONFIGS_SENT, () -> {
            throw new IllegalStateException("broken");
        });
        metrics.countedBy(OperatorCounter.STREAMS_REFUSED, () -> {
            throw new IllegalStateException("broken");
        });
        metrics.gauge(OperatorGauge.SECRETS_WATCHED, () -> 7);
        assertThat(page())
                .contains("fairlead_operator_leader NaN\n")
                .contains("fairlead_operator_configs_sent_total 0.0\n")
                .contains("fairlead_operator_secrets_watched 7.0\n");
    }

    @Test
    void durationsAreHistogramsInSeconds() {
        metrics.record(OperatorTimer.PROPAGATION, Duration.ofMillis(40));
        metrics.record(OperatorTimer.PROPAGATION, Duration.ofMillis(-1));
        assertThat(page())
                .contains("# TYPE fairlead_operator_propagation_seconds histogram\n")
                .contains("fairlead_operator_propagation_seconds_bucket{le=\"0.025\"} 1\n")
                .contains("fairlead_operator_propagation_seconds_bucket{le=\"0.05\"} 2\n")
                .contains("fairlead_operator_propagation_seconds_bucket{le=\"30.0\"} 2\n")
                .contains("fairlead_operator_propagation_seconds_sum 0.04\n");
    }

    @Test
    void labelsThatAreNoClosedSetDoNotGrowThePageWithoutEnd() {
        for (int i = 0; i < 1_000; i++) {
            metrics.count(OperatorCounter.STREAMS_REFUSED, "code-" + i);
        }
        String page = page();
        assertThat(page.lines().filter(line -> line.startsWith("fairlead_operator_streams_refused_total{")))
                .hasSize(OperatorMetrics.MOST_SERIES + 1);
        assertThat(page).contains("fairlead_operator_streams_refused_total{code=\"other\"} 800.0\n");
    }

    @Test
    void aLabelTooFewOrTooManyIsABugThatIsTold() {
        assertThatThrownBy(() -> metrics.count(OperatorCounter.INJECTIONS, "inject"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fairlead_operator_injections_total: got 1 label values, expected one each of"
                        + " [decision, reason]");
        assertThatThrownBy(() -> metrics.gauge(OperatorGauge.LEADER, () -> 1, "extra"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void openMetricsIsGivenToWhomAsksForIt() {
        metrics.count(OperatorCounter.ROLLOUTS);
        OperatorMetrics.Page page =
                metrics.page("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2");
        assertThat(page.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(page.body())
                .contains("# TYPE fairlead_operator_rollouts counter\n")
                .endsWith("# EOF\n");
        assertThat(metrics.page("text/plain").contentType()).startsWith("text/plain; version=0.0.4");
    }
}
