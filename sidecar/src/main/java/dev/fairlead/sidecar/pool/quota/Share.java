package dev.fairlead.sidecar.pool.quota;

/**
 * How much of a limit this process may use: all of it, or what it was given where processes share it, and what it would use if it
 * had more.
 */
final class Share {
    /** How long a process without a share waits for one before it asks again what else there is. */
    static final long ASK_MS = 1_000;

    private long limit;
    private boolean divided;
    private long given;
    private boolean fleetIsOut;
    private long wanted;
    private long lacked;
    private long wantedAtReading;
    private long call;

    void use(long newLimit, boolean nowDivided) {
        limit = newLimit;
        if (nowDivided && !divided) {
            nothing();
        }
        divided = nowDivided;
    }

    /** It has been given nothing yet. */
    void nothing() {
        given = 0;
        fleetIsOut = false;
    }

    /** The whole. */
    long limit() {
        return limit;
    }

    /** What this process may use. */
    long size() {
        return divided ? Math.min(given, limit) : limit;
    }

    /** What it may hope for: as long as nobody has said that there is none left, what is asked for may come. */
    long hopedFor() {
        return divided && !fleetIsOut ? limit : size();
    }

    boolean divided() {
        return divided;
    }

    /** So much was asked for and is more than it has; returns how long to wait for more. */
    long lacks(long asked) {
        lacked = Math.max(lacked, asked);
        return ASK_MS;
    }

    /** How long to wait where so much fits after {@code waitMs}: as long as others may have some to spare that is not what decides. */
    long waitFor(long asked, long waitMs) {
        if (waitMs <= 0 || size() >= limit) {
            return waitMs;
        }
        long askMs = lacks(asked);
        return fleetIsOut ? waitMs : Math.min(waitMs, askMs);
    }

    /** Whether only the share is in the way. */
    boolean isShort(long asked, long used) {
        return divided && size() < limit && used + Math.min(asked, limit) > size() && used < limit;
    }

    void wanted(long difference) {
        wanted += difference;
    }

    /** At least what was asked for and did not fit since the last time this was called, whoever asked. */
    long wantedNow() {
        wantedAtReading = Math.max(wanted, lacked);
        call = lacked > 0 ? lacked : Math.min(call, wantedAtReading);
        lacked = 0;
        return wantedAtReading;
    }

    /** The largest call that found no room lately, as of {@link #wantedNow}. */
    long call() {
        return call;
    }

    /** True when that changes what this process may use, or may hope for. */
    boolean give(long share, long used) {
        long sizeBefore = size();
        long hopedForBefore = hopedFor();
        given = Math.max(0, share);
        // Given less than was asked for: nobody has any to spare, and the window tells how long that lasts. Less than
        // one call is no
        // share to wait for: those who have no more take turns.
        fleetIsOut = size() >= Math.max(1, call) && wantedAtReading > 0 && size() < used + wantedAtReading;
        return size() != sizeBefore || hopedFor() != hopedForBefore;
    }

    /** Nobody can be asked for a larger share: the window tells how long it takes. */
    void alone() {
        fleetIsOut = divided && given > 0;
    }
}
