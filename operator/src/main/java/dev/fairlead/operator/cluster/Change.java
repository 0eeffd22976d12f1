package dev.fairlead.operator.cluster;

/**
 * What follows from one object having changed.
 *
 * @param <T> its kind
 */
interface Change<T> {
    /**
     * Takes note; called under the lock of the view.
     *
     * @param before {@code null} for an object that was not there
     * @param after {@code null} for an object that is gone
     * @return whether it matters to a compilation
     */
    boolean noted(T before, T after);

    /** Tells others; called without the lock. */
    default void tell(T before, T after) {}
}
