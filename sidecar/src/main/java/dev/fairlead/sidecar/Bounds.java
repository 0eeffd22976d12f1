package dev.fairlead.sidecar;

import dev.fairlead.sidecar.exchange.Patience;

/**
 * What a sidecar takes of its process and bears of its clients.
 *
 * @param byteBudget bytes of bodies and running calls that the process may hold at any time
 * @param patience how long a client may keep us waiting
 */
record Bounds(long byteBudget, Patience patience) {
    private static final double BYTE_BUDGET_OF_HEAP = 0.4;

    /** By the largest heap that this JVM may have. */
    static Bounds ofThisProcess() {
        return new Bounds((long) (Runtime.getRuntime().maxMemory() * BYTE_BUDGET_OF_HEAP), Patience.USUAL);
    }
}
