package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void nothing_is_counted_until_a_number_is_set() {
        var usage = new Usage();

        assertThat(usage.present()).isFalse();
        assertThat(usage.totalTokens()).isZero();
        assertThat(usage.input(7, 3, 2, 1, 4).present()).isTrue();
    }

    @Test
    void the_sum_of_attempts_is_the_calls_usage_and_keeps_the_estimated_mark() {
        var first = new Usage().input(10, 4, 3, 2, 1).output(20, 15, 5);
        var second = new Usage().estimate(100, 200);

        var sum = new Usage().add(first).add(second).add(new Usage());

        assertThat(sum)
                .hasToString("Usage[input=110 (cacheRead=4, cacheWrite5m=3, cacheWrite1h=2, audio=1), output=220"
                        + " (reasoning=15, audio=5), estimated]");
        assertThat(sum.totalTokens()).isEqualTo(330);
    }

    @Test
    void an_absent_usage_adds_nothing_and_does_not_make_the_sum_present() {
        assertThat(new Usage().add(new Usage()).present()).isFalse();
    }

    @Test
    void a_negative_count_is_nothing() {
        assertThat(new Usage().input(-1, -1, -1, -1, -1).output(-5, -5, -5).totalTokens())
                .isZero();
    }

    @Test
    void a_reused_carrier_forgets_everything() {
        var usage = new Usage().estimate(5, 6);

        assertThat(usage.clear().present()).isFalse();
        assertThat(usage.estimated()).isFalse();
        assertThat(usage.set(new Usage().output(3, 2, 1)))
                .hasToString("Usage[input=0 (cacheRead=0, cacheWrite5m=0, cacheWrite1h=0, audio=0), output=3"
                        + " (reasoning=2, audio=1)]");
    }
}
