package dev.fairlead.e2e;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for what a cluster takes its time for. */
final class Eventually {
    private Eventually() {}

    /** Generous: a cluster shares its machine with others. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .pollDelay(Duration.ZERO)
                .ignoreExceptions();
    }
}
