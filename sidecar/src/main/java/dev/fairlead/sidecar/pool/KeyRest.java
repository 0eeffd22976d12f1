package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/** A rest of one key, for one model or for all, and how calls return after it. */
final class KeyRest {
    private final CoolDown coolDown = new CoolDown();
    private final Ramp ramp = new Ramp();

    void extend(long untilMs, long jitterMs, FailureClass why) {
        coolDown.extend(untilMs, jitterMs, why);
        ramp.restart();
    }

    /** As {@link #extend}, on the word of another process. */
    void told(long untilMs, long jitterMs, FailureClass why) {
        if (coolDown.told(untilMs, jitterMs, why)) {
            ramp.restart();
        }
    }

    CoolDown coolDown() {
        return coolDown;
    }

    Ramp ramp() {
        return ramp;
    }
}
