package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.operator.world.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SteadyPoolsTest {
    private static final DataState KEY = new DataState.Present(Map.of("k", new Entry.Value("one")));

    private final SteadyPools pools = new SteadyPools(new References());

    private static KeyPool pool(String name, String secret) {
        return Pools.pool("team-a", name, secret);
    }

    private static DataRef secret(String name) {
        return new DataRef(DataRef.Kind.SECRET, "team-a", name);
    }

    private static Map<DataRef, DataState> states(Object... pairs) {
        var states = new HashMap<DataRef, DataState>();
        for (int i = 0; i < pairs.length; i += 2) {
            states.put(secret((String) pairs[i]), (DataState) pairs[i + 1]);
        }
        return states;
    }

    @Test
    void aNewPoolWaitsForItsKeyAndNobodyWaitsForThePool() {
        var ready = pool("ready", "a");
        var choice = pools.choose(List.of(pool("new", "b"), ready), states("a", KEY, "b", new DataState.Awaited()));

        assertThat(choice.beans()).containsExactly(ready);
    }

    @Test
    void aPoolThatMovesToAnotherSecretKeepsTheOldKeyUntilTheNewOneIsThere() {
        var before = pool("p", "old");
        var after = pool("p", "new");
        pools.choose(List.of(before), states("old", KEY));

        var between = pools.choose(List.of(after), states("new", new DataState.Awaited()));
        assertThat(between.beans()).containsExactly(before);
        assertThat(between.states()).containsEntry(secret("old"), KEY);

        var stillBetween = pools.choose(List.of(after), states("new", new DataState.Awaited()));
        assertThat(stillBetween.states()).containsEntry(secret("old"), KEY);

        var then = pools.choose(List.of(after), states("new", new DataState.Absent()));
        assertThat(then.beans()).containsExactly(after);
        assertThat(then.states()).doesNotContainKey(secret("old"));
    }

    @Test
    void aDeletedPoolIsGoneAtOnce() {
        pools.choose(List.of(pool("p", "old")), states("old", KEY));

        assertThat(pools.choose(List.of(), Map.of()).beans()).isEmpty();
        assertThat(pools.choose(List.of(pool("p", "new")), states("new", new DataState.Awaited()))
                        .beans())
                .as("created anew: it has no version before")
                .isEmpty();
    }
}
