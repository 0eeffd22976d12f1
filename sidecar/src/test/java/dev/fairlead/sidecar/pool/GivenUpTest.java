package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a call that is too large goes away, by itself or by its deadline, those behind it that fit go at that moment. */
class GivenUpTest {
    private final PoolDriver driver = ofTokens(1);

    /** Accounts of a thousand tokens a minute each. */
    private static PoolDriver ofTokens(int accounts) {
        var limits = new QuotaLimits(List.of(), null, null, null, null, 1_000L, null, null, null);
        var names = IntStream.range(0, accounts).mapToObj(i -> "account-" + i).toList();
        return new PoolDriver(PoolDriver.config(
                new WaitConfig(600_000, 100_000, 1 << 30),
                "Headroom",
                names.stream()
                        .map(name -> new KeyConfig(name, name, 1, "fp-" + name, "sk-" + name))
                        .toList(),
                names.stream()
                        .map(name -> new QuotaGroupConfig(name, List.of(limits)))
                        .toList()));
    }

    private static Asked ask(PoolDriver driver, long tokens, long forMs) {
        var asked = new Asked(driver, PoolDriver.MODEL, 1, new Demand(tokens, 0));
        driver.pool.lease(asked.request.until(driver.now + forMs), driver.now);
        return asked;
    }

    private static void use(PoolDriver driver, int times, long tokens) {
        for (int i = 0; i < times; i++) {
            var lease = ask(driver, tokens, 1_000).lease;
            driver.pool.settle(lease, Outcome.SERVED, new Spent.Tokens(tokens, 0, 0), driver.now);
        }
    }

    /** It is kept the account, which small ones may use meanwhile. */
    private Asked large() {
        use(driver, 6, 100);
        driver.pass(35_000);
        var large = ask(driver, 900, 120_000);
        assertThat(large.pending()).isTrue();
        return large;
    }

    @Test
    void who_stands_behind_one_that_is_cancelled_goes_at_once() {
        large();
        var next = ask(driver, 900, 300_000);
        var small = ask(driver, 50, 300_000);
        assertThat(small.pending()).isTrue();
        driver.pass(100);
        driver.pool.cancel(next.request, driver.now);

        assertThat(small.lease).isNotNull();
    }

    @Test
    void who_stands_behind_one_that_has_waited_in_vain_goes_at_its_deadline() {
        var first = large();
        long deadline = driver.now + 125_000;
        var next = ask(driver, 900, 125_000);
        var small = ask(driver, 50, 300_000);
        driver.pass(80_000);
        assertThat(first.lease).isNotNull();
        driver.pool.sent(first.lease, driver.now); // Later than it might have, so the next one has hoped in vain.
        assertThat(small.pending()).isTrue();
        driver.pass(100_000);

        assertThat(next.refusal).isNotNull();
        assertThat(small.answeredAt).isEqualTo(deadline);
        assertThat(small.lease).isNotNull();
    }

    @Test
    void one_in_the_middle_that_goes_away_changes_nothing() {
        large();
        ask(driver, 900, 300_000);
        var middle = ask(driver, 50, 300_000);
        var small = ask(driver, 50, 300_000);
        driver.pool.cancel(middle.request, driver.now);

        assertThat(small.pending()).as("the large one is before it still").isTrue();
        assertThat(driver.view().waiting()).isEqualTo(3);
    }

    @Test
    void many_that_go_away_from_the_front_cost_the_same_each_however_many_there_are() {
        double few = costOfCancelling(500);
        double many = costOfCancelling(4_000);
        System.out.printf("cancelled from the front: %.1f us each of 500, %.1f us each of 4,000%n", few, many);
        assertThat(many).isLessThan(3 * few + 20);
    }

    /** CPU microseconds for each of those who wait where nobody fits, in ten lines. */
    private static double costOfCancelling(int waiters) {
        var driver = ofTokens(100);
        use(driver, 500, 100);
        driver.pass(30_000);
        var waiting = new ArrayList<Asked>();
        for (int i = 0; i < waiters; i++) {
            var asked = new Asked(driver, PoolDriver.MODEL, 1, new Demand(900, 0));
            asked.request.avoid("account-" + i % 10);
            driver.pool.lease(asked.request.until(driver.now + 300_000), driver.now);
            if (asked.pending()) {
                waiting.add(asked);
            }
        }
        assertThat(waiting).hasSizeGreaterThan(waiters / 2);
        var cpu = ManagementFactory.getThreadMXBean();
        long started = cpu.getCurrentThreadCpuTime();
        for (var asked : waiting) {
            driver.pool.cancel(asked.request, driver.now);
        }
        assertThat(driver.view().waiting()).isZero();
        return (cpu.getCurrentThreadCpuTime() - started) / 1_000.0 / waiting.size();
    }
}
