package dev.fairlead.operator.cluster;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.operator.world.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which version of each pool is to be compiled. One that has begun to name something that has not been heard of yet stays as it
 * was the last time, together with what it named then; a new one is not there before. So a pool whose key moves to another
 * Secret is never without one, and nobody else waits for it. Guarded by the lock of the view.
 */
final class SteadyPools {
    private static final DataState AWAITED = new DataState.Awaited();

    private final References references;
    private Map<ObjectRef, KeyPool> last = Map.of();
    private Map<DataRef, DataState> lastStates = Map.of();

    SteadyPools(References references) {
        this.references = references;
    }

    /**
     * What to compile.
     *
     * @param states of everything that {@code beans} name and that may be read
     */
    record Choice(List<KeyPool> beans, Map<DataRef, DataState> states) {
        Choice {
            beans = List.copyOf(beans);
            states = Map.copyOf(states);
        }
    }

    Choice choose(List<KeyPool> current, Map<DataRef, DataState> currentStates) {
        var beans = new ArrayList<KeyPool>();
        var states = new HashMap<>(currentStates);
        for (var pool : current) {
            if (references.of(pool).stream().noneMatch(ref -> AWAITED.equals(currentStates.get(ref)))) {
                beans.add(pool);
                continue;
            }
            var before = last.get(ObjectRef.of(pool));
            if (before != null) {
                beans.add(before);
                references.of(before).forEach(ref -> keep(ref, states));
            }
        }
        last = new HashMap<>();
        beans.forEach(pool -> last.put(ObjectRef.of(pool), pool));
        lastStates = states;
        return new Choice(beans, states);
    }

    private void keep(DataRef ref, Map<DataRef, DataState> states) {
        var before = lastStates.get(ref);
        if (before != null && AWAITED.equals(states.getOrDefault(ref, AWAITED))) {
            states.put(ref, before);
        }
    }
}
