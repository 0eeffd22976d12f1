package dev.fairlead.sidecar.pool.select;

/**
 * Chooses among the candidates that may pay for a call now. One file a strategy; {@link #named} is the list of them.
 *
 * <p>Called on the pool's home loop. An instance keeps its memory in itself and in {@link Candidate#turn}: one instance serves the
 * candidates of one pool, one model and one priority.
 */
public interface SelectionStrategy {
    /**
     * The one to use; remembers nothing, so that a choice that comes to nothing costs nobody a turn.
     *
     * @param ready those that may be chosen in their first {@code count} places, in any order; neither kept nor changed
     * @param count at least 1
     * @param affinity calls with the same number go to the same candidate while it has room; 0 for none
     * @return the index of the chosen one
     */
    int choose(Candidate[] ready, int count, long affinity, long nowMs);

    /** The call goes out with this candidate, whoever has chosen it. */
    default void granted(Candidate candidate) {}

    /** The strategy with these names in {@code KeyPool.spec.selection}. */
    static SelectionStrategy named(String strategy, String affinity) {
        var plain = switch (strategy) {
            case "Headroom" -> new Headroom();
            case "RoundRobin" -> new RoundRobin();
            case "Weighted" -> new Weighted();
            case "FillFirst" -> new FillFirst();
            default ->
                throw new IllegalArgumentException("unknown selection strategy '" + strategy
                        + "', expected one of Headroom, RoundRobin, Weighted, FillFirst");
        };
        return switch (affinity) {
            case "None" -> plain;
            case "Session", "Prefix" -> new Affinity(plain);
            default ->
                throw new IllegalArgumentException(
                        "unknown affinity '" + affinity + "', expected one of None, Session, Prefix");
        };
    }
}
