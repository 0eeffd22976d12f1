package dev.fairlead.sidecar.pool;

import java.util.HashMap;
import java.util.Map;

/** What is known about a pool's provider as a whole, whichever key is used: its breaker, and models that it is too busy for. */
final class EndpointState {
    private static final int MAX_MODELS = 256;

    private final EndpointBreaker breaker = new EndpointBreaker();
    private final Map<String, Busy> busy = new HashMap<>(2);

    private static final class Busy {
        private long until;
        private int times;
    }

    EndpointBreaker breaker() {
        return breaker;
    }

    void overloaded(String model, long nowMs, long forMs, long maxMs) {
        if (busy.size() >= MAX_MODELS && !busy.containsKey(model)) {
            busy.values().removeIf(b -> b.until <= nowMs);
            if (busy.size() >= MAX_MODELS) {
                return;
            }
        }
        var state = busy.computeIfAbsent(model, m -> new Busy());
        int times = state.until > nowMs ? 0 : state.times++; // Calls that were on their way tell nothing new.
        state.until = Math.max(state.until, nowMs + Math.max(forMs, Math.min(maxMs, 1_000L << Math.min(times, 5))));
    }

    void accepted(String model, long nowMs) {
        if (!busy.isEmpty()) {
            busy.remove(model);
        }
        breaker.succeeded(nowMs);
    }

    long overloadedUntil(String model) {
        var state = busy.isEmpty() ? null : busy.get(model);
        return state == null ? Times.PAST : state.until;
    }
}
