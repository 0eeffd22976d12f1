package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** One account: its keys share limits and cool down together. */
final class QuotaGroup {
    /** Clients choose model names where a route takes any; what is idle makes room beyond this. */
    private static final int MAX_MODELS = 512;

    private final String name;
    private final Map<String, ModelState> models = new LinkedHashMap<>();
    private long coolUntil = Times.PAST;
    private FailureClass cause = FailureClass.QUOTA;
    private int failures;

    QuotaGroup(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    ModelState model(String model, long nowMs) {
        var state = models.get(model);
        if (state == null) {
            if (models.size() >= MAX_MODELS) {
                dropIdle(nowMs);
            }
            state = new ModelState();
            models.put(model, state);
        }
        return state;
    }

    Map<String, ModelState> modelsByName() {
        return models;
    }

    /** The whole account rests, for an empty balance for example; repeated failures double the time. */
    void cool(long nowMs, long forMs, long maxMs) {
        int times = coolUntil > nowMs ? 0 : failures++; // Calls that were on their way tell nothing new.
        var backedOff = Math.min(maxMs, forMs << Math.min(times, 10));
        coolUntil(nowMs + backedOff, FailureClass.QUOTA);
    }

    void accepted() {
        failures = 0;
    }

    long coolUntil() {
        return coolUntil;
    }

    /** The whole account rests until this time; an earlier end than the one already known is ignored. */
    void coolUntil(long untilMs, FailureClass why) {
        if (untilMs > coolUntil) {
            coolUntil = untilMs;
            cause = why;
        }
    }

    FailureClass cause() {
        return cause;
    }

    private void dropIdle(long nowMs) {
        for (Iterator<ModelState> i = models.values().iterator(); i.hasNext(); ) {
            var state = i.next();
            if (state.inFlight() == 0 && state.coolUntil() <= nowMs) {
                i.remove();
                return;
            }
        }
    }
}
