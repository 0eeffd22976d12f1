package dev.fairlead.sidecar.pool.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RoundRobin, FillFirst, and the list of names. */
class SimpleStrategiesTest {
    private static final int CALLS = 10_000;

    @Test
    void round_robin_goes_one_after_the_other_whatever_the_weights() {
        SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named("RoundRobin", "None");
        var all = TestCandidate.many(3);
        all[1].weight(100);
        for (int i = 0; i < 9; i++) {
            assertThat(TestCandidate.call(strategy, all, 0)).isSameAs(all[i % 3]);
        }
    }

    @Test
    void round_robin_takes_up_who_was_away_once_and_goes_on() {
        SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named("RoundRobin", "None");
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
        SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named("FillFirst", "None");
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
    void only_who_is_ready_is_chosen_however_they_come_and_go() {
        var random = new Random(9);
        for (var name : new String[] {"Headroom", "RoundRobin", "Weighted", "FillFirst"}) {
            for (var affinity : new String[] {"None", "Session"}) {
                SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named(name, affinity);
                var all = TestCandidate.many(100);
                for (int call = 0; call < 500; call++) {
                    Collections.shuffle(Arrays.asList(all), random);
                    int count = 1 + random.nextInt(all.length);
                    var ready = Arrays.copyOf(all, count);
                    assertThat(TestCandidate.call(strategy, ready, call % 3))
                            .as(name)
                            .isIn((Object[]) ready);
                }
                TestCandidate.stand(strategy, all[0]);
                strategy.leave(all[0]);
                assertThat(strategy.choose(affinity.equals("None") ? 0 : 42, 0))
                        .as(name)
                        .isNull();
            }
        }
    }

    @Test
    void a_choice_among_a_thousand_looks_at_few_of_them_also_under_load() {
        var random = new Random(4);
        for (var name : new String[] {"Headroom", "RoundRobin", "Weighted", "FillFirst"}) {
            for (var affinity : new String[] {"None", "Session"}) {
                SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named(name, affinity);
                var all = TestCandidate.many(1_000);
                for (var one : all) {
                    one.weight(1 + random.nextInt(3));
                    one.inFlight = 20 + random.nextInt(20);
                }
                TestCandidate.stand(strategy, all);
                long before = looks(all);
                for (int call = 1; call <= CALLS; call++) {
                    var chosen = strategy.choose(affinity.equals("None") ? 0 : NameHash.mix(call), 0);
                    strategy.granted(chosen);
                }
                assertThat(looks(all) - before).as(name + " " + affinity).isLessThan(400L * CALLS);
            }
        }
    }

    private static long looks(TestCandidate[] all) {
        return Arrays.stream(all).mapToLong(one -> one.looks).sum();
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
