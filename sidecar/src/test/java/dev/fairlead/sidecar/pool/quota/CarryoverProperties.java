package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.AdmissionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A process dies at any moment, and the next one goes on with what it has left. */
class CarryoverProperties {
    private static final String REQUESTS = "acct/*/requestsPerMinute";

    private final Map<String, long[]> kept = new HashMap<>();
    private Quotas quotas;
    private Gate gate;

    /** As the file on the tmpfs, without a file. */
    private final Carryover carryover = (pool, meter) -> {
        var line = kept.computeIfAbsent(pool + meter, unseen -> new long[2]);
        return new Carryover.Line() {
            @Override
            public long share() {
                return line[0];
            }

            @Override
            public long used() {
                return line[1];
            }

            @Override
            public void write(long share, long used) {
                line[0] = share;
                line[1] = used;
            }

            @Override
            public void close() {
                kept.remove(pool + meter);
            }
        };
    };

    private void start(long nowMs, QuotaLimits... limits) {
        quotas = new Quotas(AdmissionRule.CAUTIOUS, carryover);
        quotas.configure(Pools.shared(limits), nowMs);
        gate = quotas.account("acct", "m");
    }

    private boolean call(long nowMs) {
        if (gate.opensAt(Demand.ONE_CALL, nowMs) > nowMs) {
            return false;
        }
        gate.reserve(Demand.ONE_CALL, nowMs);
        return true;
    }

    private int callAll(long nowMs) {
        int calls = 0;
        while (call(nowMs)) {
            calls++;
        }
        return calls;
    }

    private void share(String meter, long share, long nowMs) {
        quotas.share(new MeterShare(meter, share), nowMs);
    }

    @Property(tries = 300)
    void inNoMinuteMoreIsCalledThanTheLargestShareInIt(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> deeds,
            @ForAll @Size(60) List<@IntRange(max = 15_000) Integer> pauses,
            @ForAll @Size(60) List<@IntRange(min = 1, max = 20) Integer> amounts) {
        kept.clear();
        start(0, Pools.rpm(60, 60));
        var calls = new ArrayList<Long>();
        var shares = new ArrayList<long[]>(List.of(new long[] {0, 0}));
        long now = 0;
        for (int i = 0; i < deeds.size(); i++) {
            now += pauses.get(i);
            int amount = amounts.get(i);
            if (deeds.get(i) < 3) {
                start(now, Pools.rpm(60, 60));
            } else if (deeds.get(i) < 5) {
                share(REQUESTS, amount, now);
                shares.add(new long[] {now, amount});
            } else {
                for (int c = 0; c < amount && call(now); c++) {
                    calls.add(now);
                }
            }
        }
        for (long end : calls) {
            long inWindow =
                    calls.stream().filter(at -> at > end - 60_000 && at <= end).count();
            assertThat(inWindow).isLessThanOrEqualTo(largestIn(shares, end - 60_000, end));
        }
    }

    /** The largest share in force at any moment of that time. */
    private static long largestIn(List<long[]> shares, long from, long to) {
        long largest = 0;
        for (int i = 0; i < shares.size(); i++) {
            long until = i + 1 < shares.size() ? shares.get(i + 1)[0] : Long.MAX_VALUE;
            if (shares.get(i)[0] <= to && until >= from) {
                largest = Math.max(largest, shares.get(i)[1]);
            }
        }
        return largest;
    }

    @Test
    void rightAfterItsShareShrankTheNextOneHasTheSmallerOne() {
        start(0, Pools.rpm(60, 60));
        share(REQUESTS, 40, 0);
        call(100);
        share(REQUESTS, 10, 200);
        call(300);
        start(400, Pools.rpm(60, 60));
        assertThat(callAll(500)).isEqualTo(8);
        assertThat(quotas.readings(500)).singleElement().satisfies(reading -> {
            assertThat(reading.share()).isEqualTo(10);
            assertThat(reading.used()).isEqualTo(10);
        });
        start(600, Pools.rpm(60, 60));
        assertThat(callAll(700)).isZero();
        assertThat(callAll(62_000)).isEqualTo(10);
    }

    @Test
    void whatACallTurnedOutToHaveUsedCountsToo() {
        start(0, Pools.tpm(1_000));
        share("acct/*/tokensPerMinute", 1_000, 0);
        var reservation = gate.reserve(new Demand(100, 100), 0);
        gate.settle(reservation, new Spent.Tokens(300, 0, 300), true, 1_000);
        long used = quotas.readings(1_000).get(0).used();
        kept.values().forEach(line -> assertThat(line[1]).isEqualTo(used).isGreaterThanOrEqualTo(600));
    }

    @Test
    void callsAtOnceOfAProcessThatHasDiedKeepTheirPlacesForTenSeconds() {
        start(0, Pools.atOnce(10));
        share("acct/*/concurrency", 6, 0);
        call(0);
        call(0);
        start(1_000, Pools.atOnce(10));
        assertThat(callAll(1_000)).isEqualTo(4);
        assertThat(callAll(11_000)).isEqualTo(2);
    }

    @Test
    void aLimitThatIsNotDividedAnyMoreLeavesNothing() {
        start(0, Pools.rpm(60, 60));
        share(REQUESTS, 40, 0);
        quotas.configure(Pools.pool(Mode.REDIS, List.of(Pools.key(null)), Pools.rpm(60, 60)), 100);
        assertThat(kept).isEmpty();
        start(200, Pools.rpm(60, 60));
        share(REQUESTS, 40, 200);
        quotas.configure(Pools.shared(), 300);
        assertThat(kept).isEmpty();
        start(400, Pools.rpm(60, 60));
        share(REQUESTS, 40, 400);
        quotas.close();
        assertThat(kept).isEmpty();
    }
}
