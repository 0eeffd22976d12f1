package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.MeterReading;

/** One sidecar at one limit. */
final class Member {
    private static final double NEWEST = 0.3;

    private Sidecar sidecar;
    private long held;
    private long used;
    private long wanted;
    private long call;
    private long grown;
    private long heardAt;
    private long since;
    private boolean heard;
    private long mark;
    private double perMs;
    private long has;
    private Turn turn;

    Member(Sidecar sidecar) {
        this.sidecar = sidecar;
    }

    Sidecar sidecar() {
        return sidecar;
    }

    /** Whether it is somebody else's now, or weighs more or less. */
    boolean becomes(Sidecar now) {
        boolean other = !sidecar.equals(now);
        sidecar = now;
        return other;
    }

    /** Whether it has begun to count again since it was last heard. */
    boolean countsAnew(MeterReading reading) {
        return heard && reading.since() != mark;
    }

    /** It is another process now. */
    void counts(MeterReading reading) {
        mark = reading.since();
    }

    /** What counts as its: what it was given last or still has, whichever is more. */
    long held() {
        return held;
    }

    void holds(long amount) {
        held = amount;
    }

    long used() {
        return used;
    }

    long wanted() {
        return wanted;
    }

    /** What one call more takes, 0 where none waits. */
    long call() {
        return call;
    }

    /** By how much its use has grown between its last two reports. */
    long grown() {
        return grown;
    }

    /** Milliseconds between its last two reports, 0 after the first. */
    long since() {
        return since;
    }

    /** At which pace its use grows, per millisecond. */
    double perMs() {
        return perMs;
    }

    /** What it asks for: what it uses and wants, and a little more. */
    Party party(long idle) {
        return new Party(sidecar.pod(), 1, idle + used + wanted, used + call, used, has, turn);
    }

    boolean silent(long forMs, long nowMs) {
        return nowMs - heardAt > forMs;
    }

    void read(MeterReading reading, long limit, long nowMs) {
        long nowUsed = bounded(reading.used(), limit);
        since = heard ? Math.max(0, nowMs - heardAt) : 0;
        grown = heard ? Math.max(0, nowUsed - used) : 0;
        if (since > 0) {
            perMs += NEWEST * ((double) (nowUsed - used) / since - perMs);
        }
        turn = heard ? turn : new Turn(nowMs);
        has = Math.max(nowUsed, Math.min(reading.share(), limit));
        used = nowUsed;
        wanted = bounded(reading.wanted(), limit);
        call = Math.min(wanted, Math.min(limit, Math.max(0, reading.oneCall())));
        heardAt = nowMs;
        heard = true;
        mark = reading.since();
    }

    /** A number that was sent to us: never so large that sums overflow. */
    private static long bounded(long said, long limit) {
        return Math.max(0, Math.min(said, 2 * limit));
    }
}
