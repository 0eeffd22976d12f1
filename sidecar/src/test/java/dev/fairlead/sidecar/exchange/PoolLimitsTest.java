package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.provider.LimitSnapshot;
import org.junit.jupiter.api.Test;

class PoolLimitsTest {
    private final PoolLimits limits = new PoolLimits();

    private static LimitSnapshot requests(long remaining, long limit, long resetMs) {
        return new LimitSnapshot(remaining, limit, resetMs, -1, -1, -1);
    }

    @Test
    void accounts_add_up_and_the_last_to_be_whole_again_says_when() {
        limits.said("a", requests(10, 60, 5_000), 0);
        limits.said("b", requests(0, 100, 30_000), 0);
        limits.said("a", requests(9, 60, 5_000), 0);

        assertThat(limits.sum(0)).isEqualTo(new LimitSnapshot(9, 160, 30_000, -1, -1, 0));
    }

    @Test
    void what_was_to_come_back_has_come_back_in_the_meantime() {
        limits.said("a", requests(0, 60, 5_000), 0);
        limits.said("b", requests(10, 100, 30_000), 0);

        assertThat(limits.sum(6_000).requests().remaining()).isEqualTo(70);
        assertThat(limits.sum(6_000).requests().resetMs()).isEqualTo(24_000);
    }

    @Test
    void responses_without_limits_say_nothing() {
        limits.said("a", LimitSnapshot.NOTHING, 0);

        assertThat(limits.sum(0)).isSameAs(LimitSnapshot.NOTHING);
    }

    @Test
    void accounts_that_are_gone_are_forgotten() {
        limits.said("gone", requests(60, 60, 1_000), 0);
        limits.said("a", requests(50, 60, 1_000), 600_000);

        assertThat(limits.sum(600_001).requests().limit()).isEqualTo(60);
    }
}
