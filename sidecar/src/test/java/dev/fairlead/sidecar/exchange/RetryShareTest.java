package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryShareTest {
    private final RetryShare share = new RetryShare();

    private int taken(int wanted, long nowMs) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += share.take(nowMs) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void a_fifth_of_the_calls_may_be_repeated_beside_the_floor() {
        for (int i = 0; i < 100; i++) {
            share.called(0);
        }
        assertThat(taken(1_000, 0)).isEqualTo(10 + 20);
    }

    @Test
    void a_provider_that_is_down_for_long_is_asked_no_more_than_a_fifth_and_two_a_second_more_often() {
        int repeated = 0;
        for (int second = 0; second < 600; second++) {
            for (int i = 0; i < 50; i++) {
                share.called(second * 1_000L);
                repeated += taken(3, second * 1_000L);
            }
        }
        assertThat(repeated).isBetween(600 * 50 / 5, 600 * (50 / 5 + 2) + 10);
    }

    @Test
    void what_was_saved_is_bounded() {
        for (int i = 0; i < 100_000; i++) {
            share.called(0);
        }
        assertThat(taken(1_000, 0)).isEqualTo(100);
    }

    @Test
    void time_alone_gives_no_more_than_the_floor() {
        taken(1_000, 0);
        assertThat(taken(1_000, 1_000)).isEqualTo(2);
        assertThat(taken(1_000, 3_600_000)).isEqualTo(10);
    }

    @Test
    void what_clients_repeat_themselves_is_taken_from_what_we_may_repeat() {
        for (int i = 0; i < 7; i++) {
            share.repeatedByClient(0);
        }
        assertThat(taken(100, 0)).isEqualTo(3);
        for (int i = 0; i < 100; i++) {
            share.repeatedByClient(0);
        }
        share.called(500);
        assertThat(taken(100, 500)).as("no debt is left").isEqualTo(1);
    }
}
