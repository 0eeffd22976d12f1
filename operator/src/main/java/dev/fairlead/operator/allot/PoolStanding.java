package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.List;
import java.util.Set;

/**
 * How a pool stands over all sidecars.
 *
 * @param sidecars that have said so lately; 0 when there are none, -1 when nobody has had the time
 * @param unavailable the keys that cannot be called with now
 * @param waiting calls in waiting rooms
 * @param headroomPercent what is left of the tightest limits over all accounts, 0 to 100; -1 when no limit is known
 * @param exhaustsInMs when nothing is left at the present pace; -1 when it does not come to that
 * @param redisAway how many of the sidecars do not reach the Redis that divides its limits
 * @param gone models that the provider has told some of them it has no longer, by its names, in order
 * @param proven the fingerprints of keys that the provider has taken since anybody was told otherwise
 */
public record PoolStanding(
        int sidecars,
        List<KeyStanding> unavailable,
        int waiting,
        int headroomPercent,
        long exhaustsInMs,
        int redisAway,
        List<String> gone,
        Set<String> proven) {
    /** Nobody says anything: no sidecar uses it. */
    public static final PoolStanding UNKNOWN = new PoolStanding(0, List.of(), 0, -1, -1);

    /** Nobody has said anything here yet: what was known before still counts. */
    public static final PoolStanding PENDING = new PoolStanding(-1, List.of(), 0, -1, -1);

    private static final List<Long> STEPS_MS = List.of(60_000L, 600_000L, 3_600_000L, 86_400_000L);
    /** Two sidecars seldom agree on the second. */
    private static final long SAME_END_MS = 5_000;

    public PoolStanding {
        unavailable = List.copyOf(unavailable);
        gone = List.copyOf(gone);
        proven = Set.copyOf(proven);
    }

    /** Of a pool none of whose keys has been called with. */
    public PoolStanding(
            int sidecars,
            List<KeyStanding> unavailable,
            int waiting,
            int headroomPercent,
            long exhaustsInMs,
            int redisAway,
            List<String> gone) {
        this(sidecars, unavailable, waiting, headroomPercent, exhaustsInMs, redisAway, gone, Set.of());
    }

    /** Of a pool that no Redis divides the limits of, or whose Redis everybody reaches, and whose models are all there. */
    public PoolStanding(
            int sidecars, List<KeyStanding> unavailable, int waiting, int headroomPercent, long exhaustsInMs) {
        this(sidecars, unavailable, waiting, headroomPercent, exhaustsInMs, 0, List.of());
    }

    /** Whether what was known before still counts. */
    public boolean pending() {
        return sidecars < 0;
    }

    /** Of the steps in which it is told (a minute, ten, an hour, a day) the one in which nothing is left: its end; -1 when that is further away, or does not come. */
    public long exhaustsWithinMs() {
        for (long step : STEPS_MS) {
            if (exhaustsInMs >= 0 && exhaustsInMs < step) {
                return step;
            }
        }
        return -1;
    }

    /**
     * What is left in steps of 10; -1 when no limit is known. What was told before is told on as long as it is nearly true: a pool
     * between two steps would be news all the time.
     *
     * @param before {@code null} for nothing
     */
    public int headroomShown(Integer before) {
        return before != null && PoolReport.isNearly(before, headroomPercent)
                ? before
                : headroomPercent < 0 ? -1 : (headroomPercent + 5) / 10 * 10;
    }

    /**
     * The same without what changes with every call, and without what is not shown: for comparing. Ends are times of the clock
     * of {@code nowMs}: one that comes nearer is the same end.
     */
    public PoolStanding roughly(long nowMs) {
        return new PoolStanding(
                redisAway > 0 ? sidecars : Integer.signum(sidecars),
                unavailable.stream()
                        .map(key -> key.until(
                                key.forMs() <= 0 ? 0 : Math.floorDiv(nowMs + key.forMs(), SAME_END_MS) * SAME_END_MS))
                        .toList(),
                0,
                PoolReport.headroomStep(headroomPercent),
                exhaustsWithinMs(),
                redisAway,
                gone,
                proven);
    }

    /**
     * A key that cannot be called with.
     *
     * @param name in its pool
     * @param fingerprint of its material
     * @param state as in {@link dev.fairlead.sidecar.fleet.KeyReading#state}
     * @param forMs until that may end by itself, 0 when it does not
     * @param reason the failure class's wire name
     */
    public record KeyStanding(String name, String fingerprint, String state, long forMs, String reason) {
        private KeyStanding until(long end) {
            return new KeyStanding(name, fingerprint, state, end, reason);
        }
    }
}
