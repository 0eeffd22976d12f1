package dev.fairlead.operator.simulate.account;

/** One allowance that time refills. Times are microseconds since 1970; a time before the last one counts as the last. */
sealed interface Meter permits TokenBucket, FixedWindow, Slices {

    /** A wait that never ends: the cost is more than the meter ever holds. */
    long NEVER = Long.MAX_VALUE;

    /** Microseconds in a minute. */
    long MINUTE = 60_000_000L;

    /** Microseconds in a day. */
    long DAY = 86_400_000_000L;

    /** What the provider calls the limit: units per period. */
    long limit();

    /** Units that could be taken now. */
    long remaining(long now);

    /** Microseconds until {@code cost} could be taken if nobody else took anything: 0 now, or {@link #NEVER}. */
    long waitFor(long cost, long now);

    /** Takes {@code cost}; only right after {@link #waitFor} said 0 for the same cost and time. */
    void take(long cost, long now);

    /** Microseconds until the meter is as full as it gets, if nobody takes anything. */
    long fullIn(long now);
}
