package dev.fairlead.sidecar.pool.quota;

/**
 * What a process leaves of its shares to the one that follows it, however it ends. Lines are asked for on every thread; each is
 * written on its pool's home loop, at every call, so it must cost no more than a store to memory.
 */
public interface Carryover {
    /** Where nothing outlives the process. */
    Carryover NOTHING = (pool, meter) -> Line.NONE;

    /**
     * The line of one limit. Only the first one of a name, and only before {@link #begun}, holds what the process before has
     * left. A later one takes the place of the earlier one.
     *
     * @param pool {@code namespace/name}
     * @param meter as {@link dev.fairlead.sidecar.fleet.MeterReading#meter} names it
     */
    Line line(String pool, String meter);

    /** The configuration of the process before is in force: what nobody has asked for is not handed over any more. */
    default void begun() {}

    /** What is known of one limit. */
    interface Line {
        /** Is nobody's. */
        Line NONE = new Line() {
            @Override
            public long share() {
                return 0;
            }

            @Override
            public long used() {
                return 0;
            }

            @Override
            public void write(long share, long used) {}

            @Override
            public void close() {}
        };

        /** What the process holds of the limit. */
        long share();

        /** At most so much of it the provider still counts. */
        long used();

        void write(long share, long used);

        /** The process has this limit no longer; nothing is left to the next one. */
        void close();
    }
}
