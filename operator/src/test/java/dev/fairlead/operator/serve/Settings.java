package dev.fairlead.operator.serve;

import java.time.Duration;

/** Settings of a test: quick where a cluster is patient, patient where a slow machine would decide. */
public final class Settings {
    private int port;
    private int maxStreams = 5_000;
    private Duration life = Duration.ofHours(1);
    private Duration stall = Duration.ofSeconds(30);
    private Duration request = Duration.ofSeconds(10);
    private Duration firstConfig = Duration.ofSeconds(30);

    public Settings port(int value) {
        port = value;
        return this;
    }

    Settings maxStreams(int value) {
        maxStreams = value;
        return this;
    }

    Settings life(Duration value) {
        life = value;
        return this;
    }

    Settings stall(Duration value) {
        stall = value;
        return this;
    }

    Settings request(Duration value) {
        request = value;
        return this;
    }

    Settings firstConfig(Duration value) {
        firstConfig = value;
        return this;
    }

    public ServeSettings build() {
        return new ServeSettings(
                "127.0.0.1",
                port,
                maxStreams,
                Duration.ofMillis(200),
                life,
                stall,
                request,
                firstConfig,
                Duration.ofMillis(200),
                10,
                Duration.ofHours(1));
    }
}
