package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.quota.Gate;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.pool.select.Candidate;
import dev.fairlead.sidecar.pool.select.NameHash;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;

/**
 * A place from which calls of one model can be paid: an account with its keys of one priority. Stands with the ready ones of
 * its board until it is found closed, then with the resting ones until it may have opened.
 */
final class Seat implements Candidate {
    private final AccountModel owner;
    private final int priority;
    private final Key[] keys;
    private final Gate[] gates;
    private final double[] turns;
    private final int weight;
    private final long nameHash;
    private double turn;
    private int place = -1;
    private ReadySeats tier;
    boolean ready;
    long wakeAt = Times.PAST;
    /** The second looks': when to look again for who is pinned to it, and whether it is left alone. */
    long lookAt = Long.MAX_VALUE;

    boolean leftAlone;
    /** Who has been promised this seat since no other could take so large a call sooner. */
    Waiter promisedTo;

    Seat(AccountModel owner, int priority, List<Key> keys, Quotas quotas) {
        this.owner = owner;
        this.priority = priority;
        this.keys = keys.toArray(Key[]::new);
        this.gates = new Gate[keys.size()];
        this.turns = new double[keys.size()];
        int sum = 0;
        for (int i = 0; i < gates.length; i++) {
            var config = this.keys[i].config();
            gates[i] = config.limits() == null
                    ? null
                    : quotas.key(config, owner.board().model());
            sum += config.weight();
        }
        weight = sum;
        nameHash = NameHash.of(owner.account().name());
    }

    AccountModel owner() {
        return owner;
    }

    int priority() {
        return priority;
    }

    /** When a call may pass: now or earlier for at once, {@link Long#MAX_VALUE} for never. */
    long opensAt(Demand demand, long nowMs) {
        long at = Math.max(owner.opensAt(demand, nowMs), keysOpenAt(demand, nowMs));
        return at <= nowMs || anyKeyAt(at) ? at : Long.MAX_VALUE;
    }

    /** Whether not all keys have come to their end by then. */
    private boolean anyKeyAt(long atMs) {
        for (var key : keys) {
            if (atMs == Long.MAX_VALUE || !key.expired(atMs)) {
                return true;
            }
        }
        return false;
    }

    /** When the first of its keys may serve, as far as keys decide. */
    long keysOpenAt(Demand demand, long nowMs) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < keys.length && best > nowMs; i++) {
            best = Math.min(best, keyOpensAt(i, demand, nowMs));
        }
        return best;
    }

    private long keyOpensAt(int i, Demand demand, long nowMs) {
        var board = owner.board();
        long at = keys[i].opensAt(board.model(), nowMs);
        at = at > nowMs ? at : keys[i].rampOpensAt(board.model(), nowMs, board.silentMs());
        return gates[i] == null ? at : Math.max(at, gates[i].opensAt(demand, nowMs));
    }

    /** What rests, {@code null} when nothing does and limits alone keep calls back. Only while the seat is closed. */
    FailureClass cause(long nowMs) {
        var ofOwner = owner.restedAt() > nowMs ? owner.cause(nowMs) : null;
        var ofKeys = keysCause(nowMs);
        return ofOwner == null || Sight.rank(ofKeys) > Sight.rank(ofOwner) ? ofKeys : ofOwner;
    }

    private FailureClass keysCause(long nowMs) {
        var model = owner.board().model();
        FailureClass telling = null;
        for (var key : keys) {
            if (key.opensAt(model, nowMs) == Long.MAX_VALUE) {
                continue; // It has come to its end.
            }
            var cause = key.cause(model, nowMs);
            if (cause == null) {
                return null;
            }
            telling = telling == null || Sight.rank(cause) < Sight.rank(telling) ? cause : telling;
        }
        return telling;
    }

    /** The key that pays: those that can take turns by weight, evenly spread. Only when the seat is open. */
    int nextKey(Demand demand, long nowMs) {
        int best = -1;
        double total = 0;
        acceptSilent(nowMs, owner.board().silentMs());
        for (int i = 0; i < keys.length; i++) {
            if (keyOpensAt(i, demand, nowMs) <= nowMs) {
                total += keys[i].weight();
                turns[i] += keys[i].weight();
                best = best < 0 || turns[i] > turns[best] ? i : best;
            }
        }
        turns[best] -= total;
        return best;
    }

    /** Calls on the way back after a rest that have not been rejected for so long count as taken. */
    void acceptSilent(long nowMs, long silentMs) {
        owner.ramp().acceptSilent(nowMs, silentMs);
        for (var key : keys) {
            key.acceptSilent(owner.board().model(), nowMs, silentMs);
        }
    }

    /** The key that {@link #nextKey} would be. */
    Key keyInTurn(Demand demand, long nowMs) {
        int best = -1;
        for (int i = 0; i < keys.length; i++) {
            boolean open = keyOpensAt(i, demand, nowMs) <= nowMs;
            if (open && (best < 0 || turns[i] + keys[i].weight() > turns[best] + keys[best].weight())) {
                best = i;
            }
        }
        return keys[best];
    }

    Key key(int i) {
        return keys[i];
    }

    Key[] keys() {
        return keys;
    }

    /** The limits of a key alone, {@code null} when it has none. */
    Gate keyGate(int i) {
        return gates[i];
    }

    /**
     * Calls like this that its keys could begin until a time, as far as keys decide; a prediction. Of a key that the provider has
     * refused one: that which tries it.
     */
    long keyCallsUntil(Demand demand, long atMs, long nowMs) {
        long calls = 0;
        for (int i = 0; i < keys.length && calls < Gate.UNLIMITED_CALLS; i++) {
            if (keys[i].opensAt(owner.board().model(), nowMs) <= atMs && !keys[i].expired(atMs)) {
                long byLimits = gates[i] == null ? Gate.UNLIMITED_CALLS : gates[i].callsUntil(demand, atMs, nowMs);
                calls += keys[i].needsTrial() ? Math.min(1, byLimits) : byLimits;
            }
        }
        return calls;
    }

    /** It stands with these ready ones from now on. */
    void stands(ReadySeats among) {
        tier = among;
        ready = true;
    }

    /** It is not ready any more. */
    void steppedBack() {
        tier = null;
        ready = false;
    }

    /** So many more calls of its account are on their way. */
    void onTheirWay(int more) {
        if (ready) {
            tier.onTheirWay(this, more);
        }
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public double headroom(long nowMs) {
        return owner.gate().headroom(nowMs);
    }

    @Override
    public int inFlight() {
        return owner.inFlight();
    }

    @Override
    public double latencyMs() {
        return owner.latencyMs();
    }

    @Override
    public double latencyMs(long nowMs) {
        return owner.latencyMs(nowMs);
    }

    @Override
    public double reliability(long nowMs) {
        return owner.reliability().share(nowMs);
    }

    @Override
    public int order() {
        return keys[0].order();
    }

    @Override
    public long nameHash() {
        return nameHash;
    }

    @Override
    public double turn() {
        return turn;
    }

    @Override
    public void turn(double newTurn) {
        turn = newTurn;
    }

    @Override
    public int place() {
        return place;
    }

    @Override
    public void place(int newPlace) {
        place = newPlace;
    }
}
