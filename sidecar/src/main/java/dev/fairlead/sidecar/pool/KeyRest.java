package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/** A rest of one key, for one model or for all, and how calls return after it. */
final class KeyRest {
    /** That of all who have never rested: most keys never do. It is open, and calls leave nothing in an open one. */
    private static final Ramp NEVER_RESTED = new Ramp();

    private final CoolDown coolDown = new CoolDown();
    private Ramp ramp = NEVER_RESTED;

    void extend(long untilMs, long jitterMs, FailureClass why) {
        coolDown.extend(untilMs, jitterMs, why);
        restartRamp();
    }

    /** As {@link #extend}, on the word of another process. True when it is news. */
    boolean told(long untilMs, long jitterMs, FailureClass why) {
        boolean news = coolDown.told(untilMs, jitterMs, why);
        if (news) {
            restartRamp();
        }
        return news;
    }

    private void restartRamp() {
        if (ramp == NEVER_RESTED) {
            ramp = new Ramp();
        }
        ramp.restart();
    }

    CoolDown coolDown() {
        return coolDown;
    }

    Ramp ramp() {
        return ramp;
    }
}
