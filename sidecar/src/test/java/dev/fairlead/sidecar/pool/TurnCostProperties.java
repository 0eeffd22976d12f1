package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Percentage;

/** Tenants share what is really used, whatever was expected. */
class TurnCostProperties {
    private static final int CALLS = 6_000;

    @Property(tries = 30)
    void a_tenant_whose_calls_use_more_or_less_than_expected_gets_its_part_all_the_same(@ForAll long seed) {
        var draw = new Random(seed);
        var driver = new PoolDriver(PoolFiguresTest.pool("Headroom", PoolFiguresTest.atOnce(4), 1_000, "a"));
        double wrong = Math.pow(10, 2 * draw.nextDouble() - 1);
        int weight = 1 + draw.nextInt(3);
        var held = new ArrayDeque<Runnable>();
        var tokens = new double[2];
        for (int i = 0; i < 40; i++) {
            ask(driver, i % 2, weight, wrong, draw, held, tokens);
        }
        for (int call = 0; call < CALLS; call++) {
            driver.pass(5);
            held.poll().run();
        }

        assertThat(tokens[1] / weight)
                .as("estimates that are %.1f times too low", wrong)
                .isCloseTo(tokens[0], Percentage.withPercentage(10));
    }

    /** A call of a tenant that asks again when its call has ended; the second one's calls use {@code wrong} times what they say. */
    private static void ask(
            PoolDriver driver,
            int tenant,
            int weight,
            double wrong,
            Random draw,
            ArrayDeque<Runnable> held,
            double[] tokens) {
        long used = 1_000L + draw.nextInt(2_000);
        long expected = tenant == 0 ? used : (long) (used / wrong);
        var asked = new Asked(driver, PoolDriver.MODEL, 1, new Demand(expected, 0));
        asked.heard = () -> held.add(() -> {
            tokens[tenant] += 100 + used;
            var lease = asked.lease;
            driver.pool.settle(lease, Outcome.SERVED, new Spent.Tokens(used, 0, 0), driver.now);
            ask(driver, tenant, weight, wrong, draw, held, tokens);
        });
        asked.request.onBehalfOf("tenant-" + tenant, tenant == 0 ? 1 : weight);
        driver.pool.lease(asked.request.until(driver.now + 25_000), driver.now);
    }
}
