package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {
    private static final long LIMIT = 30_000;

    private final Share share = new Share();

    ShareTest() {
        share.use(LIMIT, true);
    }

    @Test
    void less_than_was_asked_for_says_that_nobody_has_any_to_spare() {
        share.lacks(4_000);
        assertThat(share.wantedNow()).isEqualTo(4_000);

        share.give(5_000, 2_000);

        assertThat(share.hopedFor()).isEqualTo(5_000);
    }

    @Test
    void less_than_one_call_says_nothing_since_those_who_have_no_more_take_turns() {
        share.lacks(1_000);
        share.lacks(4_000);
        share.wantedNow();
        assertThat(share.call()).isEqualTo(4_000);

        share.give(3_000, 0);

        assertThat(share.hopedFor()).isEqualTo(LIMIT);
    }

    @Test
    void the_size_of_a_call_that_waits_is_remembered_until_none_does() {
        share.lacks(4_000);
        share.wanted(6_000);
        share.wantedNow();
        share.wantedNow();
        assertThat(share.call()).isEqualTo(4_000);

        share.wanted(-6_000);
        share.wantedNow();

        assertThat(share.call()).isZero();
    }
}
