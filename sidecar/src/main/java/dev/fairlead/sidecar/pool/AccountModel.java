package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.quota.Gate;
import dev.fairlead.sidecar.provider.FailureClass;

/** What is known about one account and one model: limits, cool-down, the ramp after it, how fast it answers. */
final class AccountModel {
    /** What has not been tried for longer may have changed. */
    private static final long LATELY_MS = 600_000;

    private final Account account;
    private final Board board;
    private final Gate gate;
    private final CoolDown coolDown = new CoolDown();
    private final Ramp ramp = new Ramp();
    private final Reliability reliability = new Reliability();
    private Seat[] seats = {};
    private int inFlight;
    private double latencyMs;
    private long latencyAtMs;
    private double serviceMs;

    AccountModel(Account account, Board board, Gate gate) {
        this.account = account;
        this.board = board;
        this.gate = gate;
    }

    Account account() {
        return account;
    }

    Board board() {
        return board;
    }

    Gate gate() {
        return gate;
    }

    CoolDown coolDown() {
        return coolDown;
    }

    Reliability reliability() {
        return reliability;
    }

    Ramp ramp() {
        return ramp;
    }

    /** Its keys for the model, one seat for each priority, best first. */
    Seat[] seats() {
        return seats;
    }

    void seats(Seat[] newSeats) {
        seats = newSeats;
    }

    int inFlight() {
        return inFlight;
    }

    void granted() {
        onTheirWay(1);
    }

    void released() {
        onTheirWay(-1);
    }

    private void onTheirWay(int more) {
        inFlight += more;
        for (var seat : seats) {
            seat.onTheirWay(more);
        }
    }

    void cool(long untilMs, long jitterMs, FailureClass why) {
        coolDown.extend(untilMs, jitterMs, why);
        ramp.restart();
    }

    /** Whether the provider has lately answered with the model here, and has not said since that it is gone. */
    boolean servesLately(long nowMs) {
        return latencyMs > 0 && nowMs - latencyAtMs < LATELY_MS && !restsAsGone(nowMs);
    }

    /** Whether the provider has told this account that the model is gone. */
    boolean restsAsGone(long nowMs) {
        return coolDown.cause() == FailureClass.MODEL_GONE && coolDown.rests(nowMs);
    }

    /** When account and model have rested enough, as far as is known. */
    long restedAt() {
        return Math.max(account.coolDown().opensAt(), coolDown.opensAt());
    }

    /** The same without our own delay after it. */
    long restedUntil() {
        return Math.max(account.coolDown().until(), coolDown.until());
    }

    /** When a call may pass: now or earlier for at once, {@link Long#MAX_VALUE} for never. */
    long opensAt(Demand demand, long nowMs) {
        long at = restedAt();
        if (at > nowMs) {
            return Math.max(at, gate.opensAt(demand, nowMs));
        }
        return Math.max(ramp.opensAt(nowMs, board.silentMs()), gate.opensAt(demand, nowMs));
    }

    /** What keeps calls back at this moment. */
    FailureClass cause(long nowMs) {
        return account.coolDown().rests(nowMs) && account.coolDown().opensAt() >= coolDown.opensAt()
                ? account.coolDown().cause()
                : coolDown.rests(nowMs) ? coolDown.cause() : FailureClass.RATE_LIMIT;
    }

    /** Calls like this that could begin until a time; a prediction. */
    long callsUntil(Demand demand, long atMs, long nowMs) {
        if (restedAt() > atMs) {
            return 0;
        }
        long byKeys = 0;
        for (var seat : seats) {
            byKeys += seat.keyCallsUntil(demand, atMs, nowMs);
        }
        return byKeys == 0 ? 0 : Math.min(byKeys, gate.callsUntil(demand, atMs, nowMs));
    }

    /** The provider's status line came after so many milliseconds. */
    void answeredAfter(long ms, long nowMs) {
        double before = latencyMs == 0 ? 0 : Times.fresh(nowMs - latencyAtMs) * 7 / 8;
        latencyMs = Math.max(1, latencyMs * before + ms * (1 - before));
        latencyAtMs = nowMs;
    }

    double latencyMs() {
        return latencyMs;
    }

    /** The same, and less the longer ago that was: what has been slow is tried again. */
    double latencyMs(long nowMs) {
        return latencyMs * Times.fresh(nowMs - latencyAtMs);
    }

    /** An answer came to its end so many milliseconds after its call got a key. */
    void servedAfter(long ms) {
        serviceMs = serviceMs == 0 ? Math.max(1, ms) : serviceMs + (ms - serviceMs) / 8;
    }

    /** How long a call usually takes from its key to the end of the answer, milliseconds; 0 when none has ended yet. */
    double serviceMs() {
        return serviceMs;
    }
}
