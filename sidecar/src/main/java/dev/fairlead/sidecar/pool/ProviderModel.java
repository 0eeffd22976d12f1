package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/** Whether the provider is too busy for a model, or has it no longer, whichever account asks; and the ramp after that. */
final class ProviderModel {
    private static final long FIRST_REST_MS = 1_000;
    /** Who calls now and then has tried the model again by then; where nobody calls, nobody knows. */
    private static final long TRIED_BY_MS = 600_000;

    private CoolDown coolDown = new CoolDown();
    private final Ramp ramp = new Ramp();
    private int times;
    private long restedMs = Times.PAST;
    /** Whether a status line has said that a call is taken that was turned away nevertheless. */
    private boolean turnsAwayLate;

    private boolean gone;
    private boolean hasServed;

    /**
     * Rests for the time that the provider named, or longer each time that it is busy again.
     *
     * @param late whether it had said before that it takes the call
     * @param maxMs the longest that it rests, whatever was named
     */
    void overloaded(boolean late, long nowMs, long forMs, long maxMs, Jitter jitter) {
        int before = coolDown.rests(nowMs) ? 0 : times++; // Calls that were on their way tell nothing new.
        long restMs = Math.min(maxMs, Math.max(forMs, FIRST_REST_MS << Math.min(before, 5)));
        coolDown.extend(nowMs + restMs, jitter.after(restMs), FailureClass.OVERLOADED);
        ramp.restart();
        restedMs = nowMs;
        turnsAwayLate |= late;
    }

    /** The provider has said that it does not have the model any more. */
    void gone(long untilMs, long jitterMs, long nowMs) {
        coolDown.extend(untilMs, jitterMs, FailureClass.MODEL_GONE);
        ramp.restart();
        restedMs = nowMs;
        gone = true;
    }

    /** Whether it rests since the model is gone. */
    boolean restsAsGone(long nowMs) {
        return coolDown.cause() == FailureClass.MODEL_GONE && coolDown.rests(nowMs);
    }

    /** Has answered a call with the model: some account has it still, whatever another was told. */
    void served(long nowMs) {
        hasServed = true;
        if (restsAsGone(nowMs)) {
            coolDown = new CoolDown();
            ramp.reopen();
            gone = false;
        }
    }

    /** Whether it has answered any call with the model. */
    boolean hasServed() {
        return hasServed;
    }

    /** Whether the last that is known of the model is that it is gone. */
    boolean knownAsGone(long nowMs) {
        return gone && coolDown.opensAt() + TRIED_BY_MS > nowMs;
    }

    /** A call was taken; one from before the rest says nothing about what comes after it. */
    void accepted(Lease lease) {
        if (lease.grantedMs() > restedMs) {
            gone = false;
            times = turnsAwayLate ? times : 0;
        }
    }

    /** A call has its answer, whatever that says. */
    void ended(Lease lease) {
        if (lease.grantedMs() > restedMs) {
            times = 0;
            turnsAwayLate = false;
        }
    }

    Ramp ramp() {
        return ramp;
    }

    /** When it has rested enough; the past when it does not rest. */
    long restedAt() {
        return coolDown.opensAt();
    }

    boolean rests(long nowMs) {
        return coolDown.rests(nowMs);
    }

    boolean admits(long nowMs) {
        return !coolDown.rests(nowMs) && ramp.admits(nowMs);
    }

    long opensAt(long nowMs, long silentMs) {
        return coolDown.rests(nowMs) ? coolDown.opensAt() : ramp.opensAt(nowMs, silentMs);
    }
}
