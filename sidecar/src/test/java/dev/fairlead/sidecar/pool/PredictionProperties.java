package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a pool predicts of a call is what becomes of it when it is made right after. */
class PredictionProperties {
    private static final long BYTES = 100;

    private static PoolDriver driver(int maxDepth, long maxBytes, String... keys) {
        return new PoolDriver(PoolDriver.config(new WaitConfig(30_000, maxDepth, maxBytes), "Headroom", keys));
    }

    private static LeaseRequest request(LeaseListener listener, String tenant, long bytes) {
        return new LeaseRequest(listener, PoolDriver.MODEL, bytes, Demand.ONE_CALL).onBehalfOf(tenant, 1);
    }

    private static Prediction predicted(PoolDriver driver, String tenant, long waitMs) {
        return driver.pool.predict(request(null, tenant, 0).until(driver.now + waitMs), driver.now);
    }

    private static Asked call(PoolDriver driver, String tenant, long waitMs) {
        var asked = new Asked(driver, PoolDriver.MODEL, BYTES);
        asked.request.onBehalfOf(tenant, 1);
        driver.pool.lease(asked.request.until(driver.now + waitMs), driver.now);
        return asked;
    }

    private static Asked predictedIsWhatHappens(PoolDriver driver, String tenant, long waitMs) {
        var predicted = predicted(driver, tenant, waitMs);
        var call = call(driver, tenant, waitMs);
        assertThat(predicted.key()).isEqualTo(call.lease == null ? null : call.lease.keyName());
        assertThat(predicted.waits()).as("%s", predicted).isEqualTo(call.pending());
        if (call.refusal != null) {
            assertThat(predicted.refusal()).isEqualTo(call.refusal);
        } else if (call.pending()) {
            assertThat(predicted.refusal().availableInMs())
                    .isEqualTo(call.request.waiter().predictedMs());
        }
        return call;
    }

    /** Calls, failures, answers and time in any order, at a pool in whose waiting room few have a place. */
    @Property(tries = 300)
    void whatever_has_happened_before(
            @ForAll @Size(max = 40) List<@IntRange(max = 6) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int maxDepth,
            @ForAll @IntRange(min = 1, max = 5) int bodies) {
        var driver = driver(maxDepth, bodies * BYTES + 50, "a", "b/1", "b/2");
        var running = new ArrayList<Lease>();
        for (int step : steps) {
            if (step == 0) {
                driver.pass(3_000);
            } else if (step <= 3 && !running.isEmpty()) {
                var oldest = running.remove(0);
                switch (step) {
                    case 1 -> driver.serve(oldest);
                    case 2 -> driver.fail(oldest, FailureClass.RATE_LIMIT, 5_000);
                    default -> driver.fail(oldest, FailureClass.CREDENTIAL, -1);
                }
            } else if (step > 3) {
                var call = predictedIsWhatHappens(driver, "tenant-" + step % 2, step * 2_000L);
                call.heard = () -> running.add(call.lease);
                if (call.lease != null) {
                    running.add(call.lease);
                }
            }
        }
    }

    @Example
    void each_reason_for_which_a_call_is_kept_out_is_predicted() {
        var driver = driver(3, 2 * BYTES + 50, "a");
        var lease = predictedIsWhatHappens(driver, "t", 20_000).lease;
        driver.fail(lease, FailureClass.RATE_LIMIT, 10_000);
        assertThat(predictedIsWhatHappens(driver, "t", 5_000).refusal.kind()).isEqualTo(LeaseRefusal.Kind.EXHAUSTED);
        assertThat(predictedIsWhatHappens(driver, "t", 20_000).pending()).isTrue();
        assertThat(predictedIsWhatHappens(driver, "u", 20_000).pending()).isTrue();
        assertThat(predictedIsWhatHappens(driver, "u", 20_000).refusal.kind())
                .as("two bodies fill the room")
                .isEqualTo(LeaseRefusal.Kind.QUEUE_FULL);

        var shallow = driver(1, 1 << 20, "a");
        shallow.fail(shallow.ask().lease, FailureClass.RATE_LIMIT, 10_000);
        assertThat(predictedIsWhatHappens(shallow, "t", 20_000).pending()).isTrue();
        assertThat(predictedIsWhatHappens(shallow, "t", 20_000).refusal.kind()).isEqualTo(LeaseRefusal.Kind.QUEUE_FULL);
    }
}
