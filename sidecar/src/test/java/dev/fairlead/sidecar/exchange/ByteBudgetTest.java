package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    @Test
    void what_does_not_fit_takes_nothing_and_what_is_given_back_fits_again() {
        var budget = new ByteBudget(100);
        assertThat(budget.reserve(60)).isTrue();
        assertThat(budget.reserve(41)).isFalse();
        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.reserve(40)).isTrue();
        budget.release(60);
        assertThat(budget.reserve(61)).isFalse();
        assertThat(budget.reserve(60)).isTrue();
        assertThat(budget.used()).isEqualTo(budget.limit());
    }
}
