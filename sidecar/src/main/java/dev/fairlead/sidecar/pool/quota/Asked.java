package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;

/**
 * What one call was granted of what a provider's headers speak of, and what its gate had granted in all by then: the provider's
 * count is of the moment of one call, and what was granted since is to be taken off.
 */
final class Asked {
    final long input;
    final long output;
    final long tokens;
    private final long requestsSoFar;
    private final long inputSoFar;
    private final long outputSoFar;
    private final long tokensSoFar;

    private Asked(Asked before, long input, long output, long tokens) {
        this.input = input;
        this.output = output;
        this.tokens = tokens;
        requestsSoFar = before == null ? 0 : before.requestsSoFar + 1;
        inputSoFar = before == null ? 0 : before.inputSoFar + input;
        outputSoFar = before == null ? 0 : before.outputSoFar + output;
        tokensSoFar = before == null ? 0 : before.tokensSoFar + tokens;
    }

    /** Before the first call of a gate. */
    static Asked nothing() {
        return new Asked(null, 0, 0, 0);
    }

    /** The next call of the gate. */
    Asked then(Demand demand, Charging charging) {
        return new Asked(
                this,
                charging.told(Dimension.Unit.INPUT, demand),
                charging.told(Dimension.Unit.OUTPUT, demand),
                charging.told(Dimension.Unit.TOKENS, demand));
    }

    /** The how manieth call of its gate; the first is 1. */
    long sequence() {
        return requestsSoFar;
    }

    /** What this call was granted. */
    long of(Dimension.Unit unit) {
        return switch (unit) {
            case REQUESTS, CALLS -> 1;
            case INPUT -> input;
            case OUTPUT -> output;
            case TOKENS -> tokens;
        };
    }

    /** What all calls after an earlier one were granted, this one included. */
    long since(Asked earlier, Dimension.Unit unit) {
        return switch (unit) {
            case REQUESTS, CALLS -> requestsSoFar - earlier.requestsSoFar;
            case INPUT -> inputSoFar - earlier.inputSoFar;
            case OUTPUT -> outputSoFar - earlier.outputSoFar;
            case TOKENS -> tokensSoFar - earlier.tokensSoFar;
        };
    }
}
