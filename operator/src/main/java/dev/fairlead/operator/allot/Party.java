package dev.fairlead.operator.allot;

import java.util.Comparator;

/** Who wants a part of a limit: a sidecar, or a tenant with all of its. */
final class Party {
    /** Among those who have room for so many calls in whole numbers nobody takes turns at the little that is left. */
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
        part = isShort()
                ? Math.min(whole, used) / call() * call()
                : whole; // The rest of it is of no use to it: it goes round.
    }

    /** What its weight comes to, in whole numbers. */
    long whole() {
        return whole;
    }

    /** What it is to have. */
    long part() {
        return part;
    }

    /** Whether that is room for more calls than its whole part has. */
    private boolean hasMore() {
        return has / call() > whole / call();
    }

    private long call() {
        return Math.max(1, next - used);
    }

    /** Whether its whole part has no room for one call more. */
    boolean isShort() {
        return whole < next;
    }

    /** With more than its whole part it has its turn. */
    void judge(long nowMs) {
        if (whole >= MANY * call()) {
            turn.isNone(nowMs);
        } else {
            turn.judge(hasMore(), nowMs);
        }
    }

    /** Takes of what is left what its turn gives it; how much that is. */
    long takesTurn(long left) {
        return raiseWhole(hasMore() ? Math.min(has, want) : next, left);
    }

    /** Takes of what is left room for one call more; how much that is. */
    long takesNext(long left) {
        return raiseWhole(next, left);
    }

    /** Less than a call is of no use, and one that is too large for what goes round keeps it from nobody. */
    private long raiseWhole(long to, long left) {
        return to - part <= left ? raise(to, left) : 0;
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
