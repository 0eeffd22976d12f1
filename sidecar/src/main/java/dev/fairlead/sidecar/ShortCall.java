package dev.fairlead.sidecar;

import dev.fairlead.sidecar.exchange.LimiterHandle;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.LeaseRequest;

/** The call of which people ask what would become of it: a sentence, and no word about how long the answer may be. */
final class ShortCall {
    private static final long BYTES = 100;
    private static final long INPUT_TOKENS = 16;

    private ShortCall() {}

    /** What the limits of a route are asked for. */
    static long tokens() {
        return INPUT_TOKENS + LimiterHandle.UNSAID_OUTPUT_TOKENS;
    }

    /** What a pool is asked for, by a caller that would wait until {@code deadlineMs}, monotonic milliseconds. */
    static LeaseRequest request(String model, long deadlineMs) {
        return new LeaseRequest(null, model, BYTES, new Demand(INPUT_TOKENS, Demand.UNSAID)).until(deadlineMs);
    }
}
