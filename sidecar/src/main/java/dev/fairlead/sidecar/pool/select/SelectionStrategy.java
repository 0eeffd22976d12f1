package dev.fairlead.sidecar.pool.select;

/**
 * Chooses among the candidates that may pay for a call now: those that have entered and not left. One file a strategy;
 * {@link #named} is the list of them. A choice among a thousand looks at few of them.
 *
 * <p>Called on the pool's home loop. An instance keeps its memory in itself, in {@link Candidate#turn} and in
 * {@link Candidate#place}: one instance serves the candidates of one pool, one model and one priority, for one configuration.
 */
public interface SelectionStrategy<C extends Candidate> {
    /** May be chosen from now on, for the first time or again. */
    void enter(C candidate);

    /** May not be chosen any more, until it enters again. */
    void leave(C candidate);

    /**
     * The one to use; a choice that comes to nothing costs nobody a turn.
     *
     * @param affinity calls with the same number go to the same candidate while it has room; 0 for none
     * @return {@code null} when there is none
     */
    C choose(long affinity, long nowMs);

    /** The call goes out with this candidate, whoever has chosen it. */
    default void granted(C candidate) {}

    /** So many more calls are on their way at a candidate that may be chosen; fewer when negative. */
    default void onTheirWay(int more) {}

    /** The strategy with these names in {@code KeyPool.spec.selection}. */
    static <C extends Candidate> SelectionStrategy<C> named(String strategy, String affinity) {
        SelectionStrategy<C> plain = switch (strategy) {
            case "Headroom" -> new Headroom<>();
            case "RoundRobin" -> new RoundRobin<>();
            case "Weighted" -> new Weighted<>();
            case "FillFirst" -> new FillFirst<>();
            default ->
                throw new IllegalArgumentException("unknown selection strategy '" + strategy
                        + "', expected one of Headroom, RoundRobin, Weighted, FillFirst");
        };
        return switch (affinity) {
            case "None" -> plain;
            case "Session", "Prefix" -> new Affinity<>(plain);
            default ->
                throw new IllegalArgumentException(
                        "unknown affinity '" + affinity + "', expected one of None, Session, Prefix");
        };
    }
}
