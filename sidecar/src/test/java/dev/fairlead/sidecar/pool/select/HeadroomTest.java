package dev.fairlead.sidecar.pool.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadroomTest {
    private final SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named("Headroom", "None");

    @Test
    void the_one_with_most_left_is_taken() {
        var all = TestCandidate.many(5);
        for (var one : all) {
            one.headroom = 0.2;
        }
        all[3].headroom = 0.3;
        for (int i = 0; i < 20; i++) {
            assertThat(TestCandidate.call(strategy, all, 0)).isSameAs(all[3]);
        }
    }

    @Test
    void equals_take_turns() {
        var all = TestCandidate.many(4);
        for (int i = 0; i < 400; i++) {
            TestCandidate.call(strategy, all, 0);
        }
        assertThat(all).extracting(one -> one.granted).containsOnly(100);
    }

    @Test
    void running_calls_share_what_is_left() {
        var all = TestCandidate.many(2);
        all[0].inFlight = 3;
        all[0].headroom = 0.9;
        all[1].headroom = 0.3;
        assertThat(TestCandidate.call(strategy, all, 0)).isSameAs(all[1]);
    }

    @Test
    void twice_the_weight_carries_twice_the_calls() {
        var all = TestCandidate.many(2);
        all[1].weight(2);
        for (int i = 0; i < 30; i++) {
            TestCandidate.call(strategy, all, 0).inFlight++;
        }
        assertThat(all[0].inFlight).isBetween(9, 11);
    }

    @Test
    void a_much_slower_one_gets_less_and_a_somewhat_slower_one_does_not() {
        var all = TestCandidate.many(3);
        all[0].latencyMs = 100;
        all[1].latencyMs = 140;
        all[2].latencyMs = 1_000;
        for (int i = 0; i < 210; i++) {
            TestCandidate.call(strategy, all, 0).inFlight++;
        }
        assertThat(all[0].inFlight).isBetween(99, 101);
        assertThat(all[1].inFlight).isBetween(99, 101);
        assertThat(all[2].inFlight).isBetween(9, 11);
    }

    @Test
    void who_has_never_been_tried_is_tried_but_not_flooded() {
        var all = TestCandidate.many(2);
        all[0].latencyMs = 2_000;
        for (int i = 0; i < 20; i++) {
            TestCandidate.call(strategy, all, 0).inFlight++;
        }
        assertThat(all[1].inFlight).isBetween(9, 11);
    }

    @Test
    void who_fails_gets_less_and_who_fails_always_is_tried_now_and_then() {
        var all = TestCandidate.many(2);
        all[0].reliability = 0.5;
        for (int i = 0; i < 30; i++) {
            TestCandidate.call(strategy, all, 0).inFlight++;
        }
        assertThat(all[0].inFlight).isBetween(9, 11);
        all[0].reliability = 0;
        all[0].inFlight = 0;
        for (int i = 0; i < 101; i++) {
            TestCandidate.call(strategy, all, 0).inFlight++;
        }
        assertThat(all[0].inFlight).isBetween(1, 3);
    }

    @Test
    void what_is_used_up_is_still_better_than_nothing() {
        var all = TestCandidate.many(2);
        all[0].headroom = 0;
        all[1].headroom = 0;
        TestCandidate.call(strategy, all, 0);
        TestCandidate.call(strategy, all, 0);
        assertThat(all).extracting(one -> one.granted).containsOnly(1);
    }

    @Test
    void among_a_thousand_two_choices_keep_the_fullest_close_to_the_mean() {
        var all = TestCandidate.many(1_000);
        for (int i = 0; i < 20_000; i++) {
            TestCandidate.call(strategy, all, 0).inFlight++;
        }
        int fullest = Arrays.stream(all).mapToInt(one -> one.inFlight).max().orElseThrow();
        // One choice at random would leave the fullest at about 35; the mean is 20.
        assertThat(fullest).isLessThanOrEqualTo(24);
    }

    @Test
    void among_a_thousand_nobody_is_forgotten() {
        var all = TestCandidate.many(1_000);
        var random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            var chosen = TestCandidate.call(strategy, all, 0);
            chosen.headroom = random.nextDouble();
        }
        assertThat(all).allMatch(one -> one.granted > 0);
    }
}
