package dev.fairlead.operator.simulate.account;

/**
 * What an account has left, as its response headers tell.
 *
 * @param requests null when requests are not limited
 * @param tokens null when tokens are not limited
 */
public record Headroom(Gauge requests, Gauge tokens) {

    /**
     * One limit.
     *
     * @param resetMicros until it is whole again if nobody calls
     */
    public record Gauge(long limit, long remaining, long resetMicros) {}
}
