package dev.fairlead.sidecar.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void asks_once_a_second_and_at_once_when_a_call_waits_but_never_closer_than_20_ms() {
        pace.asked(1_000);
        assertThat(pace.waitMs(false, 1_010)).isEqualTo(990);
        assertThat(pace.waitMs(true, 1_010)).isEqualTo(10);
        assertThat(pace.waitMs(true, 1_500)).isZero();
        assertThat(pace.waitMs(false, 9_000)).isZero();
    }

    @Test
    void asks_less_often_while_it_does_not_help_and_quickly_again_when_it_does() {
        pace.asked(0);
        for (int i = 0; i < 20; i++) {
            pace.helpedNot();
        }
        assertThat(pace.waitMs(true, 0)).isEqualTo(640);
        pace.helped();
        assertThat(pace.waitMs(true, 0)).isEqualTo(20);
    }
}
