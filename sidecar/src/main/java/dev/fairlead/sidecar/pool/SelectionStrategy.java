package dev.fairlead.sidecar.pool;

import java.util.List;

/**
 * Chooses among the keys that may serve a call now. One file a strategy; {@link #named} is the list of them.
 *
 * <p>Called on the pool's home loop. An implementation keeps its own memory, if any, in the keys or in itself: one instance
 * serves one pool.
 */
interface SelectionStrategy {
    /**
     * The key to use.
     *
     * @param eligible at least one key, none of them resting; valid only during the call
     * @param model the provider's name of the model
     */
    Key choose(List<Key> eligible, String model, long nowMs);

    /** The strategy with this name in {@code KeyPool.spec.selection.strategy}. */
    static SelectionStrategy named(String name) {
        return switch (name) {
            case "Headroom" -> new Headroom();
            case "RoundRobin" -> new RoundRobin();
            default ->
                throw new IllegalArgumentException(
                        "unknown selection strategy '" + name + "', expected one of Headroom, RoundRobin");
        };
    }
}
