package dev.fairlead.operator.allot;

import java.util.List;

/**
 * How a pool stands over all sidecars.
 *
 * @param sidecars that have said so lately; 0 when there are none, -1 when nobody has had the time
 * @param unavailable the keys that cannot be called with now
 * @param waiting calls in waiting rooms
 * @param headroomPercent what is left of the tightest limits over all accounts, 0 to 100; -1 when no limit is known
 * @param exhaustsInMs when nothing is left at the present pace; -1 when it does not come to that
 */
public record PoolStanding(
        int sidecars, List<KeyStanding> unavailable, int waiting, int headroomPercent, long exhaustsInMs) {
    /** Nobody says anything: no sidecar uses it. */
    public static final PoolStanding UNKNOWN = new PoolStanding(0, List.of(), 0, -1, -1);

    /** Nobody has said anything here yet: what was known before still counts. */
    public static final PoolStanding PENDING = new PoolStanding(-1, List.of(), 0, -1, -1);

    public PoolStanding {
        unavailable = List.copyOf(unavailable);
    }

    /** Whether what was known before still counts. */
    public boolean pending() {
        return sidecars < 0;
    }

    /** The same without what changes with every call: for comparing. */
    public PoolStanding roughly() {
        return new PoolStanding(
                Integer.signum(sidecars),
                unavailable.stream()
                        .map(key -> new KeyStanding(key.name(), key.fingerprint(), key.state(), 0, key.reason()))
                        .toList(),
                0,
                headroomPercent < 0 ? -1 : (headroomPercent + 5) / 10 * 10,
                exhaustsInMs < 0 ? -1 : Long.numberOfTrailingZeros(Long.highestOneBit(exhaustsInMs + 1)));
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
    public record KeyStanding(String name, String fingerprint, String state, long forMs, String reason) {}
}
