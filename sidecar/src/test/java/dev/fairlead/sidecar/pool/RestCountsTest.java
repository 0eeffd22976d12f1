package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which keys a refusal speaks of, and what it says of them. */
class RestCountsTest {
    private static final long EPOCH = 1_800_000_000_000L;

    private static Map<FailureClass, Integer> resting(PoolDriver driver, String model) {
        return driver.pool.resting(model, driver.now);
    }

    @Test
    void keys_are_counted_by_what_keeps_them_from_this_model() {
        var driver = PoolDriver.of("limited/1", "limited/2", "refused", "free");
        var limited = driver.ask().lease;
        var refused = driver.ask().lease;
        while (!refused.group().equals("refused")) {
            refused = driver.ask().lease;
        }
        while (!limited.group().equals("limited")) {
            limited = driver.ask().lease;
        }
        driver.fail(limited, FailureClass.RATE_LIMIT, 5_000);
        driver.fail(refused, FailureClass.CREDENTIAL, -1);

        assertThat(resting(driver, PoolDriver.MODEL))
                .containsExactlyInAnyOrderEntriesOf(Map.of(FailureClass.RATE_LIMIT, 2, FailureClass.CREDENTIAL, 1));
        assertThat(resting(driver, "another"))
                .as("the account rests for the one model alone")
                .containsExactlyEntriesOf(Map.of(FailureClass.CREDENTIAL, 1));
        driver.pass(60_000);
        assertThat(resting(driver, PoolDriver.MODEL)).isEmpty();
    }

    @Test
    void a_key_that_one_call_tries_is_not_to_be_had_either() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(60_000);
        assertThat(driver.ask().lease).isNotNull();
        assertThat(resting(driver, PoolDriver.MODEL)).containsExactlyEntriesOf(Map.of(FailureClass.CREDENTIAL, 1));
    }

    @Test
    void a_used_up_limit_counts_and_a_key_past_its_end_or_for_other_models_does_not() {
        var perDay = new QuotaLimits(null, null, 1L, null, null, null, null, null, null);
        var keys = List.of(
                new KeyConfig("spent", "spent", 1, "fp-1", "sk-1"),
                new KeyConfig("ended", "ended", 1, "fp-2", "sk-2", 1, null, null, EPOCH + 10),
                new KeyConfig("other", "other", 1, "fp-3", "sk-3", 1, List.of("other-*"), null, null));
        var limits = List.of(new QuotaGroupConfig("spent", List.of(perDay)));
        var driver = new PoolDriver(PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", keys, limits));
        driver.pool.wallClock(driver.now, EPOCH);
        driver.serve(driver.ask().lease);
        driver.pool.wallClock(driver.now, EPOCH + 20);
        assertThat(driver.ask().lease).isNull();
        assertThat(resting(driver, PoolDriver.MODEL)).containsExactlyEntriesOf(Map.of(FailureClass.RATE_LIMIT, 1));
    }
}
