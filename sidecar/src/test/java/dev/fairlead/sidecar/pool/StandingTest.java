package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients see of the limits of all accounts together. */
class StandingTest {
    private static final QuotaLimits LIMITS =
            new QuotaLimits(List.of(), 60L, null, null, null, 10_000L, null, null, null);

    private static PoolDriver driver(QuotaGroupConfig... quotas) {
        var bare = PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", "a", "b");
        return new PoolDriver(PoolDriver.config(bare.waitingRoom(), bare.strategy(), bare.keys(), List.of(quotas)));
    }

    @Test
    void configured_limits_of_all_accounts_add_up_less_what_was_used() {
        var driver = driver(new QuotaGroupConfig("a", List.of(LIMITS)), new QuotaGroupConfig("b", List.of(LIMITS)));
        driver.ask();
        driver.ask();
        driver.ask();
        var standing = driver.pool.standing(PoolDriver.MODEL, driver.now);
        assertThat(standing.requests().remaining()).isEqualTo(117);
        assertThat(standing.requests().limit()).isEqualTo(120);
        assertThat(standing.requests().resetMs()).isBetween(60_000L, 61_000L);
        assertThat(standing.tokens().limit()).isEqualTo(20_000);
        assertThat(standing.requestsPerDay()).isEqualTo(Reading.SILENT);
        assertThat(driver.pool.standing(PoolDriver.MODEL, driver.now + 61_000).requests())
                .isEqualTo(new Reading(120, 120, 0));
    }

    @Test
    void where_the_provider_knows_of_others_who_use_the_account_its_word_counts() {
        var driver = driver(new QuotaGroupConfig("a", List.of(LIMITS)), new QuotaGroupConfig("b", List.of(LIMITS)));
        driver.pool.accepted(driver.ask().lease, new LimitSnapshot(20, 60, 40_000, -1, -1, -1), driver.now);
        assertThat(driver.pool.standing(PoolDriver.MODEL, driver.now).requests())
                .isEqualTo(new Reading(80, 120, 40_000));
        assertThat(driver.pool
                        .standing(PoolDriver.MODEL, driver.now + 20_000)
                        .requests()
                        .remaining())
                .as("and what has come back since")
                .isEqualTo(100);
    }

    @Test
    void of_accounts_without_limits_nothing_is_known() {
        var driver = driver();
        driver.ask();
        assertThat(driver.pool.standing(PoolDriver.MODEL, driver.now)).isEqualTo(LimitSnapshot.NOTHING);
    }
}
