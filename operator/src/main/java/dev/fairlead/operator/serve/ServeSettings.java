package dev.fairlead.operator.serve;

import java.time.Duration;

/**
 * How configurations are served.
 *
 * @param host address to listen on
 * @param port 0 picks one
 * @param maxStreams open at once, over all pods
 * @param ping how often a stream shows that it lives
 * @param life how long a stream lives, within 20 % by chance
 * @param stall how long a client may take nothing of what is to be sent
 * @param request how long a connection may take for its first request, and a request for its body
 * @param firstConfig how long a stream waits for the first rollout that has its workload
 * @param drain within which time all streams are told to go elsewhere when this server closes
 * @param connectBurst how many streams one pod may open in a row
 * @param connectRefill after what time it may open another
 */
public record ServeSettings(
        String host,
        int port,
        int maxStreams,
        Duration ping,
        Duration life,
        Duration stall,
        Duration request,
        Duration firstConfig,
        Duration drain,
        int connectBurst,
        Duration connectRefill) {
    /** What a cluster runs with. */
    public static ServeSettings defaults() {
        return new ServeSettings(
                "0.0.0.0",
                8443,
                5_000,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                10,
                Duration.ofSeconds(3));
    }

    /** The same on another port. */
    public ServeSettings withPort(int other) {
        return new ServeSettings(
                host, other, maxStreams, ping, life, stall, request, firstConfig, drain, connectBurst, connectRefill);
    }
}
