package dev.fairlead.sidecar.pool.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** RoundRobin, FillFirst, and the list of names. */
class SimpleStrategiesTest {
    @Test
    void round_robin_goes_one_after_the_other_whatever_the_weights() {
        var strategy = SelectionStrategy.named("RoundRobin", "None");
        var all = TestCandidate.many(3);
        all[1].weight(100);
        for (int i = 0; i < 9; i++) {
            assertThat(TestCandidate.call(strategy, all, 0)).isSameAs(all[i % 3]);
        }
    }

    @Test
    void round_robin_takes_up_who_was_away_once_and_goes_on() {
        var strategy = SelectionStrategy.named("RoundRobin", "None");
        var all = TestCandidate.many(3);
        var two = Arrays.copyOf(all, 2);
        for (int i = 0; i < 1_000; i++) {
            TestCandidate.call(strategy, two, 0);
        }
        for (int i = 0; i < 30; i++) {
            TestCandidate.call(strategy, all, 0);
        }
        assertThat(all[2].granted).isEqualTo(10);
    }

    @Test
    void fill_first_takes_the_first_of_the_list_that_is_ready() {
        var strategy = SelectionStrategy.named("FillFirst", "None");
        var all = TestCandidate.many(3);
        var jumbled = new TestCandidate[] {all[2], all[0], all[1]};
        for (int i = 0; i < 10; i++) {
            all[0].inFlight++;
            assertThat(TestCandidate.call(strategy, jumbled, 0)).isSameAs(all[0]);
        }
        assertThat(TestCandidate.call(strategy, new TestCandidate[] {all[2], all[1]}, 0))
                .isSameAs(all[1]);
    }

    @Test
    void only_the_first_places_count() {
        var all = TestCandidate.many(40);
        for (var name : new String[] {"Headroom", "RoundRobin", "Weighted", "FillFirst"}) {
            for (var affinity : new String[] {"None", "Session"}) {
                var strategy = SelectionStrategy.named(name, affinity);
                for (int count : new int[] {1, 2, 31, 33}) {
                    for (int call = 0; call < 100; call++) {
                        assertThat(strategy.choose(all, count, call, 0))
                                .as(name)
                                .isBetween(0, count - 1);
                    }
                }
            }
        }
    }

    @Test
    void an_unknown_name_is_refused_with_those_that_are_known() {
        assertThatThrownBy(() -> SelectionStrategy.named("Random", "None"))
                .hasMessageContaining("'Random'")
                .hasMessageContaining("Headroom, RoundRobin, Weighted, FillFirst");
        assertThatThrownBy(() -> SelectionStrategy.named("Headroom", "Sticky"))
                .hasMessageContaining("'Sticky'")
                .hasMessageContaining("None, Session, Prefix");
    }
}
