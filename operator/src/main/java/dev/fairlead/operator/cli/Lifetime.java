package dev.fairlead.operator.cli;

/** How long a command goes on that does not end by itself. */
@FunctionalInterface
interface Lifetime {
    /** Returns when it is time to end, after having run {@code ending}; or never, when the process ends with it. */
    void await(Runnable ending) throws InterruptedException;
}
