package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.inject.InjectionReason;
import dev.fairlead.operator.inject.ReviewFault;
import dev.fairlead.operator.metrics.OperatorMetrics;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class InstrumentsTest {
    @Test
    void theWebhookShowsWhatItDecidedAndWhatItCouldNotRead() {
        try (var metrics = new OperatorMetrics()) {
            var instruments = new Instruments(metrics, Clock.systemUTC());
            instruments.decided(InjectionReason.HOST_NETWORK);
            instruments.refused(ReviewFault.UNREADABLE);
            instruments.refused(ReviewFault.UNREADABLE);
            instruments.refused(ReviewFault.TOO_MANY);
            String name = "fairlead_operator_injections_total";
            assertThat(metrics.page(null).body())
                    .contains(name + "{decision=\"skip\",reason=\"host_network\"} 1.0\n")
                    .contains(name + "{decision=\"invalid\",reason=\"unreadable\"} 2.0\n")
                    .contains(name + "{decision=\"unanswered\",reason=\"too_many\"} 1.0\n");
        }
    }
}
