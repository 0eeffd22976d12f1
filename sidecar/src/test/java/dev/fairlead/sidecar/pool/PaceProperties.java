package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** When calls can have begun, whatever was asked before. */
class PaceProperties {
    private static final long NOW = 1_000_000;
    private static final long WEEK_MS = 7L * 86_400_000;

    private int looks;

    private long timeFor(Pace pace, long calls, long firstMs, long opensMs) {
        Pace.Room room = (many, atMs, demand, nowMs) -> {
            looks++;
            return atMs >= nowMs + opensMs;
        };
        long at = pace.timeFor(room, calls, NOW + firstMs, NOW + 30_000, Demand.ONE_CALL, NOW);
        return at == Long.MAX_VALUE ? at : at - NOW;
    }

    @Property
    void the_answer_is_true_and_hardly_late_whatever_was_asked_before(
            @ForAll @Size(max = 4) List<@LongRange(min = 0, max = 2 * WEEK_MS) Long> before,
            @ForAll @IntRange(min = 1, max = 20_000) int calls,
            @ForAll @LongRange(min = 0, max = 100_000) long first,
            @ForAll @LongRange(min = 0, max = WEEK_MS / 2) long opens) {
        var pace = new Pace();
        for (long other : before) {
            timeFor(pace, 1 + other % 1_000, 0, other);
        }
        long at = timeFor(pace, calls, first, opens);

        assertThat(at).isEqualTo(timeFor(new Pace(), calls, first, opens));
        assertThat(at).isGreaterThanOrEqualTo(Math.max(first, opens));
        if (first < opens) {
            assertThat(at - opens).isLessThanOrEqualTo(Math.max(5, at / 128));
        } else {
            assertThat(at).isEqualTo(first);
        }
    }

    @Property
    void what_is_more_than_a_week_away_does_not_come(@ForAll @LongRange(min = WEEK_MS + 1) long opens) {
        assertThat(timeFor(new Pace(), 10, 0, Math.min(opens, 100 * WEEK_MS))).isEqualTo(Long.MAX_VALUE);
    }

    @Example
    void a_wait_like_the_one_before_is_found_with_few_looks() {
        var pace = new Pace();
        timeFor(pace, 1_000, 10, 20_000);
        looks = 0;
        for (int calls = 1_001; calls < 1_101; calls++) {
            timeFor(pace, calls, 10, calls * 20L);
        }
        assertThat(looks).isLessThan(500);
    }
}
