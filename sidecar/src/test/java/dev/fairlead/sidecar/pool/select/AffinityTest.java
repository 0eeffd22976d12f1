package dev.fairlead.sidecar.pool.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AffinityTest {
    private final SelectionStrategy<TestCandidate> strategy = SelectionStrategy.named("Headroom", "Session");

    @Test
    void a_session_stays_where_it_is() {
        var all = TestCandidate.many(5);
        for (int session = 1; session <= 100; session++) {
            var home = TestCandidate.call(strategy, all, session);
            for (int i = 0; i < 10; i++) {
                assertThat(TestCandidate.call(strategy, all, session)).isSameAs(home);
            }
        }
    }

    @Test
    void sessions_are_spread_over_all() {
        var all = TestCandidate.many(5);
        for (int session = 1; session <= 10_000; session++) {
            TestCandidate.call(strategy, all, session);
        }
        assertThat(all).allSatisfy(one -> assertThat(one.granted).isBetween(1_850, 2_150));
    }

    @Test
    void sessions_are_spread_in_proportion_to_weights() {
        var all = TestCandidate.many(2);
        all[0].weight(7);
        all[1].weight(3);
        for (int session = 1; session <= 10_000; session++) {
            TestCandidate.call(strategy, all, session);
        }
        assertThat(all[0].granted).isBetween(6_850, 7_150);
    }

    @Test
    void another_order_moves_nobody() {
        var all = TestCandidate.many(50);
        all[7].weight(3);
        var shuffled = all.clone();
        Collections.shuffle(Arrays.asList(shuffled), new Random(5));
        for (int session = 1; session <= 1_000; session++) {
            assertThat(TestCandidate.call(strategy, shuffled, session))
                    .isSameAs(TestCandidate.call(strategy, all, session));
        }
    }

    @Test
    void who_leaves_moves_only_its_own_sessions_and_has_them_back_on_return() {
        var all = TestCandidate.many(5);
        var others = new TestCandidate[] {all[0], all[1], all[3], all[4]};
        int moved = 0;
        for (int session = 1; session <= 1_000; session++) {
            var home = TestCandidate.call(strategy, all, session);
            var without = TestCandidate.call(strategy, others, session);
            if (home == all[2]) {
                moved++;
            } else {
                assertThat(without).isSameAs(home);
            }
            assertThat(TestCandidate.call(strategy, all, session)).isSameAs(home);
        }
        assertThat(moved).isBetween(150, 250);
    }

    @Test
    void under_load_a_session_spills_to_one_neighbour_and_returns() {
        var all = TestCandidate.many(5);
        for (var one : all) {
            one.inFlight = 20;
        }
        var home = TestCandidate.call(strategy, all, 42);
        home.inFlight = 30;
        var neighbour = TestCandidate.call(strategy, all, 42);
        assertThat(neighbour).isNotSameAs(home);
        assertThat(TestCandidate.call(strategy, all, 42)).isSameAs(neighbour);
        home.inFlight = 20;
        assertThat(TestCandidate.call(strategy, all, 42)).isSameAs(home);
    }

    @Test
    void one_hot_session_never_brings_anybody_above_its_bound() {
        var all = TestCandidate.many(5);
        for (int i = 1; i <= 1_000; i++) {
            TestCandidate.call(strategy, all, 42).inFlight++;
            int fullest = Arrays.stream(all).mapToInt(one -> one.inFlight).max().orElseThrow();
            assertThat(fullest).isLessThanOrEqualTo(Math.max(4, (int) Math.ceil(1.25 * i / 5)));
        }
    }

    @Test
    void among_many_too_who_leaves_moves_only_its_own_sessions() {
        var all = TestCandidate.many(300);
        var before = new TestCandidate[1_000];
        for (int session = 0; session < before.length; session++) {
            before[session] = TestCandidate.call(strategy, all, session + 1);
        }
        var others = Arrays.copyOf(all, 250);
        var places = new HashSet<TestCandidate>();
        for (int session = 0; session < before.length; session++) {
            var without = TestCandidate.call(strategy, others, session + 1);
            if (before[session].order < 250) {
                assertThat(without).isSameAs(before[session]);
            } else {
                places.add(without);
            }
        }
        assertThat(places).as("they are spread").hasSizeGreaterThan(80);
        for (int session = 0; session < before.length; session++) {
            assertThat(TestCandidate.call(strategy, all, session + 1)).isSameAs(before[session]);
        }
    }

    @Test
    void among_many_too_sessions_are_spread_in_proportion_to_weights() {
        var all = TestCandidate.many(100);
        for (int i = 0; i < 50; i++) {
            all[i].weight(3);
        }
        for (int session = 1; session <= 100_000; session++) {
            TestCandidate.call(strategy, all, session);
        }
        assertThat(Arrays.copyOf(all, 50))
                .allSatisfy(one -> assertThat(one.granted).isBetween(1_350, 1_650));
        assertThat(Arrays.copyOfRange(all, 50, 100))
                .allSatisfy(one -> assertThat(one.granted).isBetween(400, 600));
    }

    @Test
    void among_many_too_one_hot_session_never_brings_anybody_above_its_bound() {
        var all = TestCandidate.many(200);
        for (int i = 1; i <= 5_000; i++) {
            var chosen = TestCandidate.call(strategy, all, 42);
            chosen.inFlight++;
            assertThat(chosen.inFlight).isLessThanOrEqualTo(Math.max(4, (int) Math.ceil(1.25 * i / 200)));
        }
    }

    @Test
    void calls_without_a_session_are_chosen_by_the_strategy() {
        SelectionStrategy<TestCandidate> first = SelectionStrategy.named("FillFirst", "Session");
        var all = TestCandidate.many(5);
        for (int i = 0; i < 10; i++) {
            assertThat(TestCandidate.call(first, all, 0)).isSameAs(all[0]);
        }
    }

    @Test
    void exact_proportions_make_up_for_what_affinity_has_taken() {
        SelectionStrategy<TestCandidate> weighted = SelectionStrategy.named("Weighted", "Session");
        var all = TestCandidate.many(2);
        for (int i = 0; i < 10; i++) {
            TestCandidate.call(weighted, all, 42);
        }
        for (int i = 0; i < 90; i++) {
            TestCandidate.call(weighted, all, 0);
        }
        assertThat(all).extracting(one -> one.granted).containsOnly(50);
    }

    /** Conversations of 50 turns with pauses, answers of very different lengths: 30 at a time over 5 accounts. */
    @Test
    void conversations_of_fifty_turns_stay_at_one_account() {
        var all = TestCandidate.many(5);
        var random = new Random(11);
        var events = new PriorityQueue<Turn>();
        var homes = new int[300][all.length];
        for (int c = 0; c < 30; c++) {
            events.add(new Turn(random.nextInt(1_000), c, 0, null));
        }
        int started = 30;
        int calls = 0;
        while (!events.isEmpty()) {
            var turn = events.poll();
            if (turn.at != null) {
                turn.at.inFlight--;
                int next = turn.number + 1;
                if (next < 50) {
                    events.add(new Turn(turn.timeMs + random.nextInt(500), turn.conversation, next, null));
                } else if (started < homes.length) {
                    events.add(new Turn(turn.timeMs, started++, 0, null));
                }
                continue;
            }
            var chosen = TestCandidate.call(strategy, all, NameHash.of("session-" + turn.conversation));
            chosen.inFlight++;
            calls++;
            homes[turn.conversation][chosen.order]++;
            events.add(new Turn(turn.timeMs + 200 + random.nextInt(4_000), turn.conversation, turn.number, chosen));
        }
        int atHome = 0;
        for (var counts : homes) {
            atHome += Arrays.stream(counts).max().orElseThrow();
        }
        assertThat(calls).isEqualTo(15_000);
        assertThat(atHome).isGreaterThanOrEqualTo(calls * 9 / 10);
    }

    private record Turn(long timeMs, int conversation, int number, TestCandidate at) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return Long.compare(timeMs, other.timeMs);
        }
    }
}
