package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.quota.Gate;
import dev.fairlead.sidecar.pool.quota.Hold;

/** The right to send one call with one key. Immutable to its holder; settled exactly once on the pool's home loop. */
public final class Lease {
    private final AccountModel seat;
    private final Key key;
    private final String secret;
    private final String keyName;
    private final long grantedMs;
    private final long waitedMs;
    private final long predictedMs;
    private FairLevel.Flow payer;
    private double charged;
    private Gate keyGate;
    private Hold hold = Hold.NOTHING;
    private Hold keyHold = Hold.NOTHING;
    private Ramp.Step step;
    private Ramp.Step providerStep;
    private Ramp.Step endpointStep;
    private KeySteps keySteps = KeySteps.NONE;
    private int endpointProbe;
    private boolean accepted;
    private boolean settled;

    /** @param predictedMs how long the wait was expected to be, negative when there was none */
    Lease(AccountModel seat, Key key, long grantedMs, long waitedMs, long predictedMs) {
        this.seat = seat;
        this.key = key;
        this.grantedMs = grantedMs;
        this.waitedMs = waitedMs;
        this.predictedMs = predictedMs;
        // Copied, so that a rotation while the call is on its way changes neither what is sent nor what is recorded.
        this.secret = key.config().secret();
        this.keyName = key.config().name();
    }

    /** The key material, for the credential header only. */
    public String secret() {
        return secret;
    }

    /** The key's name in its pool: the only thing about it that may be shown. */
    public String keyName() {
        return keyName;
    }

    /** The account that pays. */
    public String group() {
        return seat.account().name();
    }

    /** How long the call waited for this key, milliseconds. */
    public long waitedMs() {
        return waitedMs;
    }

    /** How long the wait was expected to be when it began, milliseconds; -1 when the call did not wait. */
    public long predictedMs() {
        return predictedMs;
    }

    /** How long ago it was granted, milliseconds. */
    public long ageMs(long nowMs) {
        return nowMs - grantedMs;
    }

    void reserved(Hold newHold, Gate newKeyGate, Hold newKeyHold) {
        hold = newHold;
        keyGate = newKeyGate;
        keyHold = newKeyHold;
    }

    void steps(Ramp.Step ofSeat, Ramp.Step ofProvider, Ramp.Step ofEndpoint, int probe) {
        step = ofSeat;
        providerStep = ofProvider;
        endpointStep = ofEndpoint;
        endpointProbe = probe;
    }

    void keySteps(KeySteps steps) {
        keySteps = steps;
    }

    KeySteps keySteps() {
        return keySteps;
    }

    /** @param newPayer whose turn the call had, {@code null} when it did not wait for one */
    void turn(FairLevel.Flow newPayer, double newCharged) {
        payer = newPayer;
        charged = newCharged;
    }

    /** The turn costs what was really used. */
    void charge(Spent spent) {
        if (payer != null) {
            payer.correct(LeaseRequest.costOf(spent, charged) - charged);
        }
    }

    AccountModel seat() {
        return seat;
    }

    Key key() {
        return key;
    }

    String model() {
        return seat.board().model();
    }

    long grantedMs() {
        return grantedMs;
    }

    Hold hold() {
        return hold;
    }

    /** The limits of its key alone, {@code null} when it has none. */
    Gate keyGate() {
        return keyGate;
    }

    Hold keyHold() {
        return keyHold;
    }

    Ramp.Step step() {
        return step;
    }

    Ramp.Step providerStep() {
        return providerStep;
    }

    Ramp.Step endpointStep() {
        return endpointStep;
    }

    /** The number of the probe of which this call is to find out if the endpoint answers again; 0 for none. */
    int endpointProbe() {
        return endpointProbe;
    }

    /** True the first time only. */
    boolean accept() {
        boolean first = !accepted;
        accepted = true;
        return first;
    }

    /** Whether the provider has said that it takes the call. */
    boolean accepted() {
        return accepted;
    }

    /** True the first time only. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    boolean settled() {
        return settled;
    }

    @Override
    public String toString() {
        return "Lease[key=" + keyName + ", group=" + group() + "]";
    }
}
