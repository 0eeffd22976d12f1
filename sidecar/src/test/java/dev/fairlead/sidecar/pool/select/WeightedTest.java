package dev.fairlead.sidecar.pool.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightedTest {
    private final SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named("Weighted", "None");

    @Test
    void seven_to_three_is_exact_and_evenly_spread() {
        var all = TestCandidate.many(2);
        all[0].weight(7);
        all[1].weight(3);
        int row = 0;
        for (int i = 0; i < 10_000; i++) {
            row = TestCandidate.call(strategy, all, 0) == all[0] ? row + 1 : 0;
            assertThat(row).as("in a row").isLessThanOrEqualTo(3);
        }
        assertThat(all[0].granted).isEqualTo(7_000);
        assertThat(all[1].granted).isEqualTo(3_000);
    }

    @Property(tries = 100)
    void nobody_is_ever_more_than_one_call_from_its_share(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 1_000) Integer> weights) {
        var all = TestCandidate.many(weights.size());
        double total = 0;
        for (int i = 0; i < all.length; i++) {
            all[i].weight(weights.get(i));
            total += weights.get(i);
        }
        SelectionStrategy<TestCandidate> own = SelectionStrategy.named("Weighted", "None");
        for (int calls = 1; calls <= 2_000; calls++) {
            TestCandidate.call(own, all, 0);
            for (var one : all) {
                assertThat(one.granted - calls * one.weight / total).isBetween(-1.001, 1.001);
            }
        }
    }

    @Test
    void no_choice_among_a_thousand_looks_at_many_of_them_though_all_become_due_at_once() {
        for (int weights = 1; weights <= 7; weights += 3) {
            var all = TestCandidate.many(1_000);
            for (int i = 0; i < all.length; i++) {
                all[i].weight(1 + i % weights);
            }
            SelectionStrategy<TestCandidate> own = SelectionStrategy.named("Weighted", "None");
            TestCandidate.stand(own, all);
            int most = 0;
            for (int call = 0; call < 10_000; call++) {
                int before = looks(all);
                own.granted(own.choose(0, 0));
                most = Math.max(most, looks(all) - before);
            }
            assertThat(most)
                    .as("looks of the dearest choice, %d weights", weights)
                    .isLessThan(500);
        }
    }

    private static int looks(TestCandidate... all) {
        return Arrays.stream(all).mapToInt(one -> one.looks).sum();
    }

    @Test
    void who_has_rested_goes_on_without_making_up_for_it() {
        var all = TestCandidate.many(2);
        for (int i = 0; i < 1_000; i++) {
            TestCandidate.call(strategy, new TestCandidate[] {all[0]}, 0);
        }
        for (int i = 0; i < 100; i++) {
            TestCandidate.call(strategy, all, 0);
        }
        assertThat(all[1].granted).isBetween(49, 51);
    }

    @Test
    void a_choice_that_comes_to_nothing_costs_no_turn() {
        var all = TestCandidate.many(2);
        all[0].weight(7);
        all[1].weight(3);
        var random = new Random(1);
        TestCandidate.stand(strategy, all);
        for (int i = 0; i < 10_000; i++) {
            for (int k = random.nextInt(4); k > 0; k--) {
                strategy.choose(0, 0);
            }
            TestCandidate.call(strategy, all, 0);
        }
        assertThat(all[0].granted).isEqualTo(7_000);
    }

    @Test
    void the_order_in_which_they_stand_does_not_matter() {
        var all = TestCandidate.many(3);
        all[0].weight(5);
        all[1].weight(3);
        all[2].weight(2);
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            var shuffled = all.clone();
            int k = random.nextInt(3);
            shuffled[0] = all[k];
            shuffled[k] = all[0];
            TestCandidate.call(strategy, shuffled, 0);
        }
        assertThat(all).extracting(one -> one.granted).containsExactly(500, 300, 200);
    }
}
