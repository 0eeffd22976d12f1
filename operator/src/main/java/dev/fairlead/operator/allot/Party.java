package dev.fairlead.operator.allot;

import java.util.Comparator;

/** Who wants a part of a limit: a sidecar, or a tenant with all of its. */
final class Party {
    /** Among those who have so much in whole numbers nobody takes turns at the little that is left. */
    private static final long MANY = 20;

    final String name;
    final int weight;
    /** All that it could use, what it has used included. */
    final long want;
    /** What it takes to begin one call more; {@link #used} where none waits. */
    final long next;

    final long used;
    /** What it holds. */
    final long has;

    private final Turn turn;
    private long whole;
    private long part;

    Party(String name, int weight, long want, long next, long used, long has, Turn turn) {
        this.name = name;
        this.weight = weight;
        this.want = want;
        this.next = next;
        this.used = used;
        this.has = has;
        this.turn = turn;
    }

    void gets(long all) {
        whole = all;
        part = isShort() ? Math.min(whole, used) : whole;
    }

    /** What its weight comes to, in whole numbers. */
    long whole() {
        return whole;
    }

    /** What it is to have. */
    long part() {
        return part;
    }

    /** Whether its whole part has no room for one call more. */
    boolean isShort() {
        return whole < next;
    }

    /** With more than its whole part it has its turn. */
    void judge(long nowMs) {
        if (whole >= MANY) {
            turn.isNone(nowMs);
        } else {
            turn.judge(has > whole, nowMs);
        }
    }

    /** Takes of what is left what its turn gives it; how much that is. */
    long takesTurn(long left) {
        return raise(has > whole ? Math.min(has, want) : next, left);
    }

    /** Takes of what is left until it has so much. */
    long raise(long to, long left) {
        long more = Math.max(0, Math.min(left, to - part));
        part += more;
        return more;
    }

    static Comparator<Party> byTurn(long nowMs) {
        return Comparator.<Party>comparingLong(party -> party.turn.rank(nowMs)).thenComparing(party -> party.name);
    }
}
