package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.LeaseListener;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.LeaseRequest;
import dev.fairlead.sidecar.pool.Outcome;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.usage.Attempt;
import java.util.ArrayList;
import java.util.List;

/**
 * A call's question for a key at one target: at most one is open at a time, and an answer to a question that was taken back
 * gives the key back. Pools may live on other loops, so that such answers are nothing unusual.
 */
final class Ask implements LeaseListener {
    final LiveTarget target;
    private final KeySearch search;
    private final Dispatch dispatch;
    private final LeaseRequest request;
    private List<String> avoided;
    private boolean open;
    private boolean parked;
    private boolean takenBack;
    private boolean stoodInVain;
    private LeaseRefusal refusal;
    private long predictedUs = Attempt.NOT_PREDICTED;

    Ask(KeySearch search, Dispatch dispatch, LiveTarget target) {
        this.search = search;
        this.dispatch = dispatch;
        this.target = target;
        this.request = dispatch.requestFor(target, this);
    }

    /** The same question anew, after the one before was taken back: what it might still be answered is none of this one's. */
    Ask renewed() {
        var next = new Ask(search, dispatch, target);
        if (avoided != null) {
            avoided.forEach(next::avoid);
        }
        return next;
    }

    /** Whether it can be asked again; otherwise see {@link #renewed}. */
    boolean usable() {
        return !takenBack;
    }

    /** Does not want this account's keys again. */
    void avoid(String group) {
        if (avoided == null) {
            avoided = new ArrayList<>(2);
        }
        avoided.add(group);
        request.avoid(group);
    }

    /** Asks for a key at once or not at all; the call would wait until its deadline. */
    void now(long deadlineMs) {
        open = true;
        handle().lease(request.waited(search.waitedMs(target.pool())).now(deadlineMs));
    }

    /** Stands in the pool's line until a time, monotonic milliseconds. */
    void until(long deadlineMs) {
        open = true;
        predictedUs = refusal.availableInMs() * 1_000;
        request.waited(search.waitedMs(target.pool())).until(deadlineMs);
        parked = true;
        search.enters(target.pool());
        handle().lease(request);
    }

    /** What the pool would answer a repeat now, without asking for a key: noted as its refusal before the listener hears that it is there. */
    void predict(Loop loop, Runnable listener) {
        handle().predict(request.waited(0), loop, prediction -> {
            refusal = prediction.refusal();
            listener.run();
        });
    }

    void takeBack() {
        if (open) {
            open = false;
            leaveLine();
            takenBack = true;
            handle().cancel(request);
        }
    }

    @Override
    public void granted(Lease lease) {
        if (open) {
            open = false;
            leaveLine();
            search.granted(this, lease, lease.predictedMs() < 0 ? Attempt.NOT_PREDICTED : lease.predictedMs() * 1_000);
        } else {
            giveBack(lease);
        }
    }

    @Override
    public void refused(LeaseRefusal newRefusal) {
        if (open) {
            open = false;
            stoodInVain |= parked;
            leaveLine();
            search.refused(this, newRefusal);
        }
    }

    private void leaveLine() {
        if (parked) {
            parked = false;
            search.leaves(target.pool());
        }
    }

    /** The key is not needed after all: nothing was sent with it. */
    void giveBack(Lease lease) {
        handle().settle(lease, Outcome.ABANDONED, Spent.NOTHING);
    }

    /** How long the wait was expected to be when it last took its place in line, microseconds. */
    long predictedUs() {
        return predictedUs;
    }

    /** Whether it stands in line. */
    boolean parked() {
        return parked;
    }

    /** What it heard last in the present round; {@code null} when it was not asked in it. */
    LeaseRefusal refusal() {
        return refusal;
    }

    void note(LeaseRefusal newRefusal) {
        refusal = newRefusal;
    }

    /** A new round begins: what was heard in the one before does not count. */
    void forget() {
        refusal = null;
        stoodInVain = false;
    }

    /** Whether it has lost its place in line in the present round: the pool's patience is not renewed by asking again. */
    boolean stoodInVain() {
        return stoodInVain;
    }

    /** The model, as the provider calls it. */
    String model() {
        return request.model();
    }

    /** How many of the pool's keys rest and why, {@code null} when that is not known. */
    String resting() {
        return handle().resting(request.model());
    }

    private PoolHandle handle() {
        return target.pool().keys();
    }
}
