package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A provider that asks for no key has one account all the same: its limits follow each configuration as those of others do. */
class KeylessPoolTest {
    private static final List<QuotaGroupConfig> TWO = List.of(new QuotaGroupConfig(
            "none", List.of(new QuotaLimits(List.of(), null, null, null, null, null, null, 2L, null))));

    private static PoolConfig pool(int maxDepth, List<QuotaGroupConfig> limits) {
        return new PoolConfig(
                "ns",
                "pool",
                "Ollama",
                "http://x/v1",
                "None",
                List.of(),
                "Headroom",
                null,
                new WaitConfig(30_000, maxDepth, 1 << 20),
                null,
                null,
                null,
                limits,
                null);
    }

    /** How many of ten calls may be on their way at once. */
    private static int atOnce(PoolDriver driver) {
        var leases = new ArrayList<Lease>();
        for (int i = 0; i < 10; i++) {
            var lease = driver.ask().lease;
            if (lease != null) {
                leases.add(lease);
            }
        }
        leases.forEach(driver::serve);
        driver.pass(1_000);
        return leases.size();
    }

    @Test
    void a_limit_that_goes_and_comes_back_holds_each_time_from_then_on() {
        var driver = new PoolDriver(pool(100, TWO));
        assertThat(atOnce(driver)).isEqualTo(2);
        driver.pool.configure(pool(100, List.of()), driver.now);
        assertThat(atOnce(driver)).isEqualTo(10);
        driver.pool.configure(pool(100, TWO), driver.now);
        assertThat(atOnce(driver)).isEqualTo(2);
    }

    @Test
    void a_limit_that_comes_after_a_change_of_something_else_holds() {
        var driver = new PoolDriver(pool(100, List.of()));
        assertThat(atOnce(driver)).isEqualTo(10);
        driver.pool.configure(pool(99, List.of()), driver.now);
        driver.pool.configure(pool(99, TWO), driver.now);
        assertThat(atOnce(driver)).isEqualTo(2);
    }
}
