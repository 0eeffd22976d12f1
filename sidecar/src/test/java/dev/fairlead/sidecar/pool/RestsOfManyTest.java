package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a pool tells others when more rests than their books keep. */
class RestsOfManyTest {
    private static final int ACCOUNTS = 2_500;

    private static PoolDriver accounts(int count) {
        var names = IntStream.range(0, count).mapToObj(i -> "a" + i + "/key").toArray(String[]::new);
        return new PoolDriver(PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", names));
    }

    private static void fail(PoolDriver driver, String model, FailureClass failure, long resetMs) {
        var asked = new Asked(driver, model, 100);
        driver.pool.lease(asked.request.now(), driver.now);
        driver.fail(asked.lease, failure, resetMs);
    }

    private static PoolReport report(PoolDriver driver) {
        return driver.pool.report(CoordinationConfig.Mode.LEASED, driver.now, 0);
    }

    @Test
    void whatRestsForEveryModelIsToldFirstThenWhatRestsLongest() {
        var driver = accounts(ACCOUNTS);
        for (int i = 0; i < 7; i++) {
            fail(driver, "m0", FailureClass.QUOTA, 3_000);
            fail(driver, "m0", FailureClass.CREDENTIAL, 2_000);
        }
        for (var model : new String[] {"m0", "m1", "m2"}) {
            for (int i = 14; i < ACCOUNTS; i++) {
                fail(driver, model, FailureClass.RATE_LIMIT, 10_000 + i);
            }
        }
        var told = report(driver);
        assertThat(told.rests()).hasSize(PoolReport.MOST);
        assertThat(told.leftOff()).isEqualTo(14 + 3 * (ACCOUNTS - 14) - PoolReport.MOST);
        assertThat(told.rests().subList(0, 7))
                .allMatch(rest -> rest.key() == null
                        && rest.model() == null
                        && rest.cause().equals("quota"));
        assertThat(told.rests().subList(7, 14)).allMatch(rest -> rest.key() != null && rest.model() == null);
        var others = told.rests().subList(14, PoolReport.MOST);
        assertThat(others)
                .isSortedAccordingTo(Comparator.comparingLong(Rest::forMs).reversed());
        assertThat(others.get(others.size() - 1).forMs()).isEqualTo(10_000 + ACCOUNTS - (PoolReport.MOST - 14) / 3 - 1);
    }

    @Test
    void whatFitsIsToldWhole() {
        var driver = accounts(3);
        fail(driver, "m0", FailureClass.RATE_LIMIT, 10_000);
        assertThat(report(driver).rests()).hasSize(1);
        assertThat(report(driver).leftOff()).isZero();
    }

    @Test
    void thatAKeyMayNotUseAModelIsNotTold() {
        var driver = accounts(3);
        fail(driver, "m0", FailureClass.MODEL_ACCESS, -1);
        assertThat(report(driver).rests()).isEmpty();
    }
}
