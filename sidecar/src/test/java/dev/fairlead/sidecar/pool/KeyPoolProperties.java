package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.ArrayList;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens in whatever order: nothing leaks, everybody is answered in time, nobody gets a resting account. */
class KeyPoolProperties {
    @Property(tries = 300)
    void any_history_keeps_the_promises(@ForAll long seed) {
        var random = new Random(seed);
        var driver = PoolDriver.of("a/1", "a/2", "b", "c");
        var held = new ArrayList<Lease>();
        var waiting = new ArrayList<Asked>();
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(5)) {
                case 0 -> waiting.add(driver.ask());
                case 1 -> waiting.add(driver.askUntil(driver.now + random.nextInt(20_000)));
                case 2 -> {
                    if (!held.isEmpty()) {
                        end(driver, held.remove(random.nextInt(held.size())), random);
                    }
                }
                case 3 -> driver.pass(random.nextInt(3_000));
                default -> {
                    if (!waiting.isEmpty() && random.nextInt(4) == 0) {
                        var gone = waiting.get(random.nextInt(waiting.size()));
                        if (gone.pending()) {
                            driver.pool.cancel(gone.request, driver.now);
                            waiting.remove(gone);
                        }
                    }
                }
            }
            for (var asked : new ArrayList<>(waiting)) {
                if (!asked.pending()) {
                    waiting.remove(asked);
                    if (asked.lease != null) {
                        held.add(asked.lease);
                    }
                } else {
                    assertThat(driver.now)
                            .as("answered by its deadline")
                            .isLessThanOrEqualTo(asked.request.deadlineMs() + 1);
                }
            }
            assertThat(driver.view().inFlight()).isEqualTo(held.size());
            assertThat(driver.view().waiting()).isEqualTo(waiting.size());
        }
        for (var lease : held) {
            driver.pool.settle(lease, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
        }
        driver.pass(60_000);
        for (var asked : waiting) {
            assertThat(asked.pending()).isFalse();
            if (asked.lease != null) {
                driver.serve(asked.lease);
            }
        }
        assertThat(driver.view().inFlight()).isZero();
        assertThat(driver.view().waiting()).isZero();
    }

    private static void end(PoolDriver driver, Lease lease, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> driver.fail(lease, FailureClass.RATE_LIMIT, random.nextInt(10_000) + 1);
            case 1 -> driver.fail(lease, FailureClass.CREDENTIAL, -1);
            case 2 -> driver.fail(lease, FailureClass.SERVER, -1);
            case 3 -> driver.pool.settle(lease, Outcome.ABANDONED, Spent.UNKNOWN, driver.now);
            default -> driver.serve(lease);
        }
    }
}
