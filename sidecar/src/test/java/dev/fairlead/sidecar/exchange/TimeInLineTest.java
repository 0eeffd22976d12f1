package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeInLineTest {
    private final TimeInLine inLine = new TimeInLine();

    @Test
    void who_has_waited_nowhere_has_waited_for_nothing() {
        assertThat(inLine.waitedMs("a", 5_000)).isZero();
    }

    @Test
    void what_was_waited_at_a_pool_adds_up_and_counts_nowhere_else() {
        inLine.enter("a", 1_000);
        inLine.leave("a", 4_000);
        inLine.enter("b", 4_000);
        inLine.enter("a", 10_000);

        assertThat(inLine.waitedMs("a", 12_000)).isEqualTo(3 + 2);
        assertThat(inLine.waitedMs("b", 12_000)).isEqualTo(8);
    }

    @Test
    void two_places_at_a_pool_are_one_wait() {
        inLine.enter("a", 0);
        inLine.enter("a", 2_000);
        inLine.leave("a", 5_000);
        assertThat(inLine.waitedMs("a", 6_000)).isEqualTo(6);

        inLine.leave("a", 7_000);
        assertThat(inLine.waitedMs("a", 20_000)).isEqualTo(7);
    }
}
