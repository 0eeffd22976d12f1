package dev.fairlead.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import dev.fairlead.operator.allot.FleetBook;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.allot.SharedPool;
import dev.fairlead.operator.allot.Sidecar;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what happens to a key in one of 200 sidecars to the column that shows it, under a virtual clock. */
class StatusDelayTest {
    private static final int SIDECARS = 200;
    private static final long STEP_MS = 50;
    private static final long SECOND_MS = 1_000;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String YAML = """
            kind: Secret
            metadata: {name: keys, namespace: team-a}
            stringData: {a: sk-aaaa, b: sk-bbbb}
            ---
            kind: KeyPool
            metadata: {name: openai, namespace: team-a, generation: 1}
            spec:
              provider: {type: OpenAI}
              keys: [{name: a, secretRef: {name: keys, key: a}}, {name: b, secretRef: {name: keys, key: b}}]
            """;

    private final MutableClock clock = new MutableClock();
    private final Report<KeyPool> report = Compiled.report(KeyPool.class, YAML);
    private final SharedPool pool =
            SharedPool.of(report.rollout().compilation().pools().get("team-a/openai"));
    private final FleetBook book = new FleetBook(
            () -> IntStream.range(0, SIDECARS).mapToObj(i -> "pod-" + i).collect(Collectors.toSet()),
            (pod, id) -> false);
    private final KeyPoolStatuses statuses = new KeyPoolStatuses(clock, new Standings() {
        @Override
        public PoolStanding of(ObjectRef ref) {
            return book.standing(ref.id(), nowMs);
        }

        @Override
        public void onChange(Runnable listener) {
            // The ticks below.
        }
    });
    private final Pace pace = new Pace(clock);
    private final List<One> fleet = new ArrayList<>();
    private long nowMs = 50_000;
    private KeyPoolStatus status;
    private PoolStanding shown;
    private boolean due = true;
    private int writes;

    /** A sidecar: it looks every second, and reports what is new, or when it was asked to. */
    private final class One {
        final String pod;
        final boolean calls;
        long lookMs;
        long dueMs;
        long restUntil;
        boolean told;
        long number;

        One(String pod, boolean calls, long firstMs) {
            this.pod = pod;
            this.calls = calls;
            this.lookMs = firstMs;
        }

        void look() {
            if (nowMs < lookMs) {
                return;
            }
            lookMs += SECOND_MS;
            boolean rests = restUntil > nowMs;
            if (nowMs >= dueMs || rests != told || calls) {
                told = rests;
                tell(rests ? restUntil - nowMs : 0);
            }
        }

        private void tell(long forMs) {
            var key = report.rollout()
                    .compilation()
                    .keys()
                    .get("team-a/openai")
                    .usable()
                    .get(0);
            var said = new PoolReport(
                    pool.id(),
                    List.of(),
                    forMs == 0 ? List.of() : List.of(new Rest(key.group(), null, "gpt-4o", forMs, "rate_limit")),
                    List.of(),
                    forMs == 0
                            ? List.of()
                            : List.of(new KeyReading(
                                    key.name(), key.group(), key.fingerprint(), "Parked", forMs, "rate_limit")),
                    calls,
                    0,
                    -1,
                    -1);
            var answer = book.answer(
                            new Sidecar(pod, "team-a", 1),
                            Map.of(pool.id(), pool),
                            new FleetReport("s", "run", ++number, List.of(said)),
                            nowMs)
                    .orElseThrow();
            dueMs = nowMs + answer.nextInMs();
            for (var ofPool : answer.pools()) {
                for (var rest : ofPool.rests()) {
                    restUntil = Math.max(restUntil, nowMs + rest.forMs());
                }
            }
        }
    }

    private void begin(long seed, int busy) {
        var random = new Random(seed);
        book.lead(nowMs);
        for (int i = 0; i < SIDECARS; i++) {
            fleet.add(new One("pod-" + i, i < busy, nowMs + random.nextInt(5_000)));
        }
        pass(Duration.ofSeconds(30));
    }

    private void pass(Duration time) {
        for (long end = nowMs + time.toMillis(); nowMs < end; ) {
            nowMs += STEP_MS;
            clock.advance(Duration.ofMillis(STEP_MS));
            fleet.forEach(One::look);
            if (nowMs % SECOND_MS == 0) {
                tick();
            }
            if (due) {
                write();
            }
        }
    }

    private void tick() {
        book.sweep(Set.of(pool.id()), nowMs);
        var now = book.standing(pool.id(), nowMs).roughly(nowMs);
        due |= !now.equals(shown);
        shown = now;
    }

    private void write() {
        var now = statuses.of(report, AckSummary.NONE, status);
        if (now.equals(status)) {
            due = false;
            return;
        }
        var before = statuses.conditionsOf(status);
        if (pace.pause("uid", statuses.pace(status, now), before, statuses.conditionsOf(now))
                .isZero()) {
            pace.wrote("uid");
            status = now;
            writes++;
            due = false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatHappensToAKeyIsShownWithinFiveSecondsAndSoIsItsEnd(long seed) {
        begin(seed, (int) seed % 3 * 20);
        assertThat(status.getKeys().getSummary()).isEqualTo("2/2");
        fleet.get(0).restUntil = nowMs + 40_000;
        pass(SOON);
        assertThat(status.getKeys().getSummary()).isEqualTo("1/2");
        assertThat(status.getKeys().getParked()).isEqualTo(1);
        var end = status.getNextReset();
        pass(Duration.ofSeconds(35).minus(Duration.ofMillis(STEP_MS)));
        assertThat(status.getKeys().getParked()).as("until it is over").isEqualTo(1);
        assertThat(status.getNextReset()).isEqualTo(end);
        pass(SOON);
        assertThat(status.getKeys().getSummary()).isEqualTo("2/2");
        assertThat(status.getNextReset()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 200})
    void whereNothingHappensNothingIsWritten(int busy) {
        begin(7, busy);
        int before = writes;
        pass(Duration.ofMinutes(10));
        assertThat(writes).isEqualTo(before);
    }
}
