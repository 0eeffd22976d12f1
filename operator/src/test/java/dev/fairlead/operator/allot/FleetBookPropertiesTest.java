package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** Sidecars that obey, a network that loses and delays, pods that come, go and restart, leaders that change. */
class FleetBookPropertiesTest {
    private static final String METER = "account/*/requestsPerMinute";
    private static final long WINDOW_MS = 60_000;

    /** An answer on its way, or a report. */
    private record OnItsWay(FakeSidecar sidecar, FleetReport report, long arrives) {}

    private final List<FakeSidecar> sidecars = new ArrayList<>();
    private final Set<String> existing = new HashSet<>();
    private final Deque<Long> provider = new ArrayDeque<>();
    private long now = 1_000_000;
    private int named;

    /** Fields live as long as a property, not as long as a try. */
    @BeforeTry
    void begin() {
        sidecars.clear();
        existing.clear();
        provider.clear();
        named = 0;
        now = 1_000_000;
    }

    private static SharedPool pool(long limit) {
        return pool(limit, WINDOW_MS);
    }

    private static SharedPool pool(long limit, long windowMs) {
        return new SharedPool(
                "ns/pool",
                true,
                Map.of(METER, new SharedLimit(METER, limit, windowMs)),
                Map.of("account", Set.of("fk")),
                3_600_000);
    }

    private FakeSidecar add(long limit, int tenants) {
        return add(limit, tenants, WINDOW_MS);
    }

    private FakeSidecar add(long limit, int tenants, long countsMs) {
        var name = "pod-" + named++;
        var sidecar = new FakeSidecar(new Sidecar(name, "tenant-" + named % tenants, 1), METER, limit, countsMs);
        sidecars.add(sidecar);
        existing.add(name);
        return sidecar;
    }

    private int callsOfLastMinute() {
        while (!provider.isEmpty() && provider.peekFirst() <= now - WINDOW_MS) {
            provider.removeFirst();
        }
        return provider.size();
    }

    private void begin(FakeSidecar sidecar) {
        for (int i = sidecar.call(now); i > 0; i--) {
            provider.addLast(now);
        }
    }

    @Property(tries = 60)
    void whateverHappensTheProviderSeesNoMoreThanTheLimit(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int limit,
            @ForAll @IntRange(min = 1, max = 12) int n) {
        var random = new Random(seed);
        var pools = Map.of("ns/pool", pool(limit));
        var book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> true);
        book.lead(now);
        for (int i = 0; i < n; i++) {
            add(limit, 3);
        }
        var way = new ArrayList<OnItsWay>();
        for (int step = 0; step < 3_000; step++, now += 100) {
            for (var sidecar : List.copyOf(sidecars)) {
                if (random.nextInt(100) < 20) {
                    sidecar.backlog += random.nextInt(1 + 2 * limit / n);
                }
                begin(sidecar);
                if (random.nextInt(100) < 15) {
                    // Sometimes so late that it is given up, or comes after the next.
                    way.add(new OnItsWay(sidecar, sidecar.report(now), now + random.nextInt(6) * 100L));
                }
            }
            for (var each : List.copyOf(way)) {
                if (each.arrives() <= now) {
                    way.remove(each);
                    if (sidecars.contains(each.sidecar())) {
                        var answer = book.answer(each.sidecar().name, pools, each.report(), now);
                        if (random.nextInt(100) < 90) {
                            answer.ifPresent(given -> each.sidecar().answered(each.report(), given));
                        }
                    }
                }
            }
            int dice = random.nextInt(2_000);
            if (dice < 4 && sidecars.size() > 1) {
                var gone = sidecars.remove(random.nextInt(sidecars.size()));
                existing.remove(gone.name.pod());
            } else if (dice < 8) {
                add(limit, 3);
            } else if (dice < 14) {
                sidecars.get(random.nextInt(sidecars.size())).restart(now);
            } else if (dice < 18) {
                sidecars.get(random.nextInt(sidecars.size())).forget(now);
            }
            if (step % 10 == 0) { // At times nobody can call through the pool, for a moment.
                book.sweep(random.nextInt(40) == 0 ? Set.of() : Set.of("ns/pool"), now);
            }
            assertThat(book.held("ns/pool", METER)).isLessThanOrEqualTo(limit);
            assertThat(callsOfLastMinute()).as("at %s of seed %s", now, seed).isLessThanOrEqualTo(limit);
        }
    }

    @Property(tries = 30)
    void aNewLeaderNeverGivesWhatAnotherHasGiven(
            @ForAll long seed,
            @ForAll @IntRange(min = 5, max = 300) int limit,
            @ForAll @IntRange(min = 2, max = 8) int n) {
        var random = new Random(seed);
        var pools = Map.of("ns/pool", pool(limit));
        var book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> true);
        book.lead(now);
        for (int i = 0; i < n; i++) {
            add(limit, 2);
        }
        var cutOff = new HashSet<FakeSidecar>();
        for (int step = 0; step < 3_000; step++, now += 100) {
            if (step % 700 == 699) {
                book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> true);
                book.lead(now);
                // Some cannot reach the new leader for longer than its term; calls they carry on.
                cutOff.clear();
                sidecars.stream().filter(any -> random.nextInt(3) == 0).forEach(cutOff::add);
            }
            if (step % 700 == 400) {
                cutOff.clear();
            }
            for (var sidecar : sidecars) {
                sidecar.backlog += random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
                begin(sidecar);
                if (random.nextInt(10) == 0 && !cutOff.contains(sidecar)) {
                    var report = sidecar.report(now);
                    var answer = book.answer(sidecar.name, pools, report, now);
                    if (random.nextInt(10) > 0) {
                        answer.ifPresent(given -> sidecar.answered(report, given));
                    }
                }
            }
            assertThat(callsOfLastMinute()).isLessThanOrEqualTo(limit);
        }
    }

    @Property(tries = 30)
    void whoeverWantsGetsItsPartAndTheLimitIsUsed(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 10) int n,
            @ForAll @IntRange(min = 20, max = 60) int each) {
        var random = new Random(seed);
        int limit = n * each;
        var pools = Map.of("ns/pool", pool(limit));
        var book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> true);
        book.lead(now);
        for (int i = 0; i < n; i++) {
            add(limit, n);
        }
        // The first has all there is before the others come.
        sidecars.get(0).backlog = 1_000_000;
        for (int step = 0; step < 6_000; step++, now += 100) {
            if (step == 1_200) {
                sidecars.forEach(sidecar -> sidecar.backlog = 1_000_000);
            }
            for (var sidecar : sidecars) {
                begin(sidecar);
                if (random.nextInt(10) == 0) {
                    var report = sidecar.report(now);
                    book.answer(sidecar.name, pools, report, now).ifPresent(given -> sidecar.answered(report, given));
                }
            }
            if (step == 1_199) {
                assertThat(sidecars.get(0).used(now)).isGreaterThanOrEqualTo(limit * 95L / 100 - n);
            }
        }
        assertThat(callsOfLastMinute()).isGreaterThanOrEqualTo(limit * 95 / 100);
        for (var sidecar : sidecars) {
            assertThat(sidecar.used(now)).as(sidecar.name.pod()).isBetween(each * 85L / 100, each * 115L / 100 + 1);
        }
    }

    @Property(tries = 20)
    void whatIsNoLongerUsedComesBackWithinSeconds(@ForAll @IntRange(min = 40, max = 500) int limit) {
        var pools = Map.of("ns/pool", pool(limit));
        var book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> true);
        book.lead(now);
        var first = add(limit, 2);
        var second = add(limit, 2);
        first.backlog = limit;
        for (int step = 0; step < 700; step++, now += 100) {
            round(book, pools, step);
        }
        assertThat(first.used(now)).isLessThan(limit / 10);
        second.backlog = limit;
        for (int step = 0; step < 30; step++, now += 100) {
            round(book, pools, step);
        }
        assertThat(second.used(now)).isGreaterThanOrEqualTo(limit * 95L / 100);
    }

    /** Everybody always wants; a call lasts a second where the limit is one of calls at once, and counts for a minute elsewhere. */
    @Property(tries = 12)
    void whatDoesNotGoIntoThePartsOfAllGoesRound(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 20) int n,
            @ForAll @IntRange(min = 1, max = 30) int calls,
            @ForAll @IntRange(min = 1, max = 4) int tenants,
            @ForAll @IntRange(min = 1, max = 5_000) int tokensOfOne,
            @ForAll boolean atOnce) {
        var random = new Random(seed);
        int size = atOnce ? 1 : tokensOfOne;
        int limit = calls * size + random.nextInt(size);
        long countsMs = atOnce ? 1_000 : WINDOW_MS;
        var pools = Map.of("ns/pool", pool(limit, atOnce ? 0 : WINDOW_MS));
        var book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> true);
        book.lead(now);
        for (int i = 0; i < n; i++) {
            var sidecar = add(limit, tenants, countsMs);
            sidecar.backlog = 1_000_000;
            sidecar.size = size;
        }
        var begun = new long[n];
        var last = new long[n];
        Arrays.fill(last, now);
        long lapMs = (countsMs + 1_000) * ((n + tenants - 1) / calls + 1);
        long begin = now;
        for (; now < begin + 12 * lapMs; now += atOnce ? 50 : 100) {
            int underway = 0;
            for (int i = 0; i < n; i++) {
                var sidecar = sidecars.get(i);
                int more = sidecar.call(now);
                begun[i] += more;
                last[i] = more > 0 ? now : last[i];
                assertThat(now - last[i]).as("without a call, %s", sidecar.name).isLessThanOrEqualTo(3 * lapMs);
                underway += (int) sidecar.used(now);
                if (random.nextInt(4) == 0) {
                    var report = sidecar.report(now);
                    book.answer(sidecar.name, pools, report, now).ifPresent(given -> sidecar.answered(report, given));
                }
            }
            assertThat(underway).isLessThanOrEqualTo(limit);
        }
        long possible = calls * (12 * lapMs / countsMs);
        assertThat(Arrays.stream(begun).sum())
                .as("all together")
                .isGreaterThanOrEqualTo(possible * (atOnce ? 6 : 8) / 10);
        for (int i = 0; i < n; i++) {
            for (int k = i % tenants; k < n; k += tenants) {
                assertThat(begun[k]).as("%d has %d", i, begun[i]).isGreaterThanOrEqualTo(begun[i] / 3);
            }
        }
    }

    private void round(FleetBook book, Map<String, SharedPool> pools, int step) {
        for (var sidecar : sidecars) {
            begin(sidecar);
            if (step % 10 == 0) {
                var report = sidecar.report(now);
                book.answer(sidecar.name, pools, report, now).ifPresent(given -> sidecar.answered(report, given));
            }
        }
    }
}
