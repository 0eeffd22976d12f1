package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.LeaseRefusal.Kind;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Who fills the waiting room leaves a place for whoever comes next. */
class CrowdedRoomProperties {
    private static final int DEPTH = 400;
    private static final long BYTES = 4_000_000;

    record Flood(String tenant, Urgency urgency, long bytes) {}

    @Provide
    Arbitrary<List<Flood>> floods() {
        return Combinators.combine(
                        Arbitraries.of("a", "b"),
                        Arbitraries.of(Urgency.NORMAL, Urgency.BATCH),
                        Arbitraries.longs().between(0, 100_000))
                .as(Flood::new)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 50)
    void whoHasNobodyThereFindsAPlaceHoweverManyHaveComeBefore(@ForAll("floods") List<Flood> floods) {
        var driver = limited(new WaitConfig(30_000, DEPTH, BYTES));
        for (var flood : floods) {
            for (int i = 0; i < DEPTH; i++) {
                call(driver, flood.tenant, flood.urgency, flood.bytes);
            }
        }
        assertThat(call(driver, "newcomer", Urgency.INTERACTIVE, 1).refusal).isNull();
        assertThat(driver.view().waiting()).isLessThanOrEqualTo(DEPTH);
    }

    @Example
    void aCrowdThatIsAloneFillsThreeQuartersAndAnUrgentCallOfTheSameTenantStillComesIn() {
        var driver = limited(new WaitConfig(30_000, DEPTH, BYTES));
        var batch = new ArrayList<Asked>();
        for (int i = 0; i < DEPTH; i++) {
            batch.add(call(driver, "a", Urgency.BATCH, 1));
        }
        assertThat(batch).filteredOn(Asked::pending).hasSize(300);
        assertThat(batch.get(300).refusal.kind()).isEqualTo(Kind.QUEUE_FULL);
        assertThat(call(driver, "a", Urgency.INTERACTIVE, 1).pending()).isTrue();
    }

    @Example
    void theBytesOfLargeCallsAreShared() {
        var driver = limited(new WaitConfig(30_000, DEPTH, BYTES));
        for (int i = 0; i < DEPTH; i++) {
            call(driver, "a", Urgency.NORMAL, 100_000);
        }
        assertThat(driver.view().waiting()).isEqualTo(30);
        assertThat(call(driver, "b", Urgency.NORMAL, 100_000).pending()).isTrue();
    }

    @Example
    void whoLeavesGivesTheRoomBack() {
        var driver = limited(new WaitConfig(30_000, DEPTH, BYTES));
        for (int i = 0; i < DEPTH; i++) {
            call(driver, "a", Urgency.NORMAL, 100_000);
        }
        driver.pass(10_000);
        assertThat(driver.view().waiting()).isZero();
        assertThat(call(driver, "a", Urgency.NORMAL, BYTES).refusal).isNull();
    }

    private static PoolDriver limited(WaitConfig waiting) {
        var driver = new PoolDriver(PoolDriver.config(waiting, "Headroom", "key"));
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);
        return driver;
    }

    private static Asked call(PoolDriver driver, String tenant, Urgency urgency, long bytes) {
        var asked = new Asked(driver, PoolDriver.MODEL, bytes);
        driver.pool.lease(asked.request.onBehalfOf(tenant, 1).urgency(urgency).until(driver.now + 9_000), driver.now);
        return asked;
    }
}
