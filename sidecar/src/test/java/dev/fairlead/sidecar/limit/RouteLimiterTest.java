package dev.fairlead.sidecar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.LimitConfig.Unit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RouteLimiterTest {
    private static RouteLimiter limiter(LimitConfig... limits) {
        var limiter = new RouteLimiter();
        limiter.configure(List.of(limits));
        return limiter;
    }

    @Property(tries = 200)
    void no_window_anywhere_holds_more_than_the_limit(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int limit) {
        long windowMs = 60_000;
        var limiter = limiter(new LimitConfig("rpm", Unit.REQUESTS, limit, windowMs));
        var random = new Random(seed);
        var admitted = new ArrayDeque<Long>();
        long now = random.nextInt(1_000_000);
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(2_000);
            while (!admitted.isEmpty() && admitted.peek() <= now - windowMs) {
                admitted.poll();
            }
            var admission = limiter.admit(1, now);
            if (admission.admitted()) {
                admitted.add(now);
            } else {
                assertThat(limiter.admit(1, now + admission.retryAfterMs()).admitted())
                        .as("Retry-After tells the truth")
                        .isTrue();
                return;
            }
            assertThat(admitted).hasSizeLessThanOrEqualTo(limit);
        }
    }

    @Test
    void a_refused_call_takes_nothing_from_any_limit() {
        var limiter = limiter(
                new LimitConfig("rpm", Unit.REQUESTS, 10, 60_000), new LimitConfig("tpm", Unit.TOKENS, 100, 60_000));
        assertThat(limiter.admit(90, 0).admitted()).isTrue();
        for (int i = 0; i < 20; i++) {
            var refused = limiter.admit(50, 1);
            assertThat(refused.refusedBy()).isEqualTo("tpm");
        }
        assertThat(limiter.admit(1, 2).requests().remaining()).isEqualTo(8);
    }

    @Test
    void real_usage_replaces_the_estimate_once() {
        var limiter = limiter(new LimitConfig("tpm", Unit.TOKENS, 1_000, 60_000));
        var admission = limiter.admit(900, 0);
        limiter.settle(admission.reservation(), 100, 10);
        limiter.settle(admission.reservation(), 0, 10);
        assertThat(limiter.admit(1, 10).tokens().remaining()).isEqualTo(899);
    }

    @Test
    void what_was_not_executed_is_given_back() {
        var limiter = limiter(new LimitConfig("rpm", Unit.REQUESTS, 1, 60_000));
        var admission = limiter.admit(1, 0);
        limiter.refund(admission.reservation(), 5);
        assertThat(limiter.admit(1, 6).admitted()).isTrue();
    }

    @Test
    void a_call_that_can_never_fit_is_told_so() {
        var limiter = limiter(new LimitConfig("tpm", Unit.TOKENS, 100, 60_000));
        assertThat(limiter.admit(101, 0).retryAfterMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void counts_survive_a_changed_limit_and_end_with_a_changed_window() {
        var limiter = limiter(new LimitConfig("rpm", Unit.REQUESTS, 2, 60_000));
        limiter.admit(1, 0);
        limiter.admit(1, 0);
        limiter.configure(List.of(new LimitConfig("rpm", Unit.REQUESTS, 3, 60_000)));
        assertThat(limiter.admit(1, 1).requests().remaining()).isZero();
        limiter.configure(List.of(new LimitConfig("rpm", Unit.REQUESTS, 3, 1_000)));
        assertThat(limiter.admit(1, 2).requests().remaining()).isEqualTo(2);
    }

    @Test
    void a_window_far_in_the_past_is_empty_again() {
        var limiter = limiter(new LimitConfig("rpm", Unit.REQUESTS, 1, 1_000));
        assertThat(limiter.admit(1, 0).admitted()).isTrue();
        assertThat(limiter.admit(1, 500).admitted()).isFalse();
        assertThat(limiter.admit(1, 100_000_000_000L).admitted()).isTrue();
    }
}
