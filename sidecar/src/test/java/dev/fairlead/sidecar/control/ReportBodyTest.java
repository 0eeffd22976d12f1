package dev.fairlead.sidecar.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportBodyTest {
    private final ReportBody body = new ReportBody();

    private static List<PoolReport> pools(int count, int resting) {
        var rests = IntStream.range(0, resting)
                .mapToObj(
                        i -> new Rest("account-" + i, null, "a-model-of-some-provider-" + i % 5, 60_000, "rate_limit"))
                .toList();
        var keys = IntStream.range(0, resting)
                .mapToObj(i -> new KeyReading(
                        "secret-of-account-" + i, "account-" + i, "0123456789abcdef", "Parked", 60_000, "rate_limit"))
                .toList();
        var meters = List.of(new MeterReading("account-0/*/requestsPerMinute", 100, 40, 40, 9));
        return IntStream.range(0, count)
                .mapToObj(i -> new PoolReport("ns/pool-" + i, meters, rests, List.of(), keys, true, 9, 0, 0))
                .toList();
    }

    private static FleetReport read(byte[] written) throws IOException {
        return new ObjectMapper().readValue(written, FleetReport.class);
    }

    @Test
    void whatDoesNotFitIsLeftOffAndCountedAndEveryLimitIsThere() throws IOException {
        for (int pools : new int[] {1, 10, 200}) {
            var written = body.write("s", "p", 1, pools(pools, 25_000));
            assertThat(written).hasSizeLessThanOrEqualTo(FleetReport.MOST_BYTES);
            assertThat(read(written).pools()).hasSize(pools).allSatisfy(pool -> {
                assertThat(pool.meters()).hasSize(1);
                assertThat(pool.rests()).isNotEmpty();
                assertThat(pool.rests().size() + pool.keys().size() + pool.leftOff())
                        .isEqualTo(50_000);
            });
        }
    }

    @Test
    void asMuchIsToldAgainAsSoonAsItFits() throws IOException {
        body.write("s", "p", 1, pools(200, 1_000));
        assertThat(read(body.write("s", "p", 2, pools(1, 1_000))).pools().get(0).leftOff())
                .isPositive();
        for (int i = 3; i < 10; i++) {
            body.write("s", "p", i, pools(1, 1_000));
        }
        assertThat(read(body.write("s", "p", 10, pools(1, 1_000)))
                        .pools()
                        .get(0)
                        .leftOff())
                .isZero();
    }

    @Test
    void whoeverTakesLessIsToldLessUntilNothingIsLeftToLeaveOff() throws IOException {
        int length = body.write("s", "p", 1, pools(1, 1_000)).length;
        for (int i = 2; body.tooLong(); i++) {
            var next = body.write("s", "p", i, pools(1, 1_000));
            assertThat(next.length).isLessThan(length);
            length = next.length;
        }
        var least = read(body.write("s", "p", 20, pools(1, 1_000))).pools().get(0);
        assertThat(least.meters()).hasSize(1);
        assertThat(least.rests()).isEmpty();
        assertThat(least.keys()).isEmpty();
        body.begin();
        assertThat(read(body.write("s", "p", 21, pools(1, 1_000)))
                        .pools()
                        .get(0)
                        .rests())
                .hasSize(1_000);
    }
}
