package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/** Whether the provider is too busy for a model, whichever account asks; and the ramp when it no longer is. */
final class ProviderModel {
    private static final long FIRST_REST_MS = 1_000;

    private final CoolDown coolDown = new CoolDown();
    private final Ramp ramp = new Ramp();
    private int times;

    void overloaded(long nowMs, long forMs, long maxMs, Jitter jitter) {
        int before = coolDown.rests(nowMs) ? 0 : times++; // Calls that were on their way tell nothing new.
        long restMs = Math.max(forMs, Math.min(maxMs, FIRST_REST_MS << Math.min(before, 5)));
        coolDown.extend(nowMs + restMs, jitter.after(restMs), FailureClass.OVERLOADED);
        ramp.restart();
    }

    /** A call was taken; one from before the rest says nothing about what comes after it. */
    void accepted(long nowMs) {
        if (!coolDown.rests(nowMs)) {
            times = 0;
        }
    }

    Ramp ramp() {
        return ramp;
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
