package dev.fairlead.sidecar.redis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server with the script in it, and a limit of 600 a minute that is shared by it. */
@ExtendWith(NeedsRedis.class)
abstract class ScriptInRedis {
    RealRedis redis;
    ScriptDriver driver;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        driver = ScriptDriver.ofMinute(redis, 600);
    }

    @AfterEach
    void stop() {
        driver.close();
        redis.close();
    }
}
