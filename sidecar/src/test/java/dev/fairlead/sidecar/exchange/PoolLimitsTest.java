package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolLimitsTest {
    private static final LimitSnapshot SOME = new LimitSnapshot(5, 60, 0, -1, -1, -1);

    private final List<String> added = new ArrayList<>();
    private final PoolLimits limits = new PoolLimits((model, nowMs) -> {
        added.add(model + "@" + nowMs);
        return SOME;
    });

    @Test
    void accounts_are_added_up_a_few_times_a_second_for_each_model() {
        assertThat(limits.of("a")).isSameAs(LimitSnapshot.NOTHING);
        limits.take("a", 0);
        limits.take("a", 199);
        limits.take("b", 199);
        limits.take("a", 200);

        assertThat(added).containsExactly("a@0", "b@199", "a@200");
        assertThat(limits.of("a")).isSameAs(SOME);
    }

    @Test
    void models_that_clients_make_up_do_not_fill_the_memory() {
        for (int i = 0; i < 2_000; i++) {
            limits.take("made-up-" + i, i);
            assertThat(limits.models()).isLessThanOrEqualTo(512);
        }
        assertThat(limits.of("made-up-1999")).isSameAs(SOME);
    }

    @Test
    void what_is_asked_for_all_the_time_is_not_pushed_out_by_what_clients_make_up() {
        for (int i = 0; i < 2_000; i++) {
            limits.take("made-up-" + i, i);
            limits.take("in-use", i);
        }
        assertThat(added).filteredOn(one -> one.startsWith("in-use@")).hasSize(10);
    }
}
