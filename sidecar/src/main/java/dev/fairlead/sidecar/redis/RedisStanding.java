package dev.fairlead.sidecar.redis;

import java.util.Set;

/**
 * How a server stands that limits are shared by. While it is away, its pools go on with the shares that they were given last.
 *
 * @param address {@code host:port}
 * @param up whether it has answered the last question
 * @param because what is wrong with it, for people; {@code null} when it is up
 * @param forMs since when it is up or away, milliseconds
 * @param pools that it is asked for, {@code namespace/name} each
 */
public record RedisStanding(String address, boolean up, String because, long forMs, Set<String> pools) {
    public RedisStanding {
        pools = Set.copyOf(pools);
    }

    /** A sentence for people. */
    public String sentence() {
        var time = (forMs + 500) / 1_000 + " s";
        return up
                ? "Redis at " + address + " answers"
                : "Redis at " + address + " has been away for " + time + " (" + because + "); the last shares hold";
    }
}
