package dev.fairlead.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.compile.Compilation;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AckBookTest {
    private static final ObjectRef ROUTE = new ObjectRef("AIRoute", "team-a", "chat");
    private static final Workload CHAT = workload("chat");
    private static final Workload OTHER = workload("other");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Map<String, Workload> pods = new HashMap<>(Map.of("a", CHAT, "b", CHAT, "c", OTHER));
    private final Source source = new Source();
    private final AckBook book =
            new AckBook(uid -> Optional.ofNullable(pods.get(uid)), source, scheduler, scheduler::nanoTime);

    private static Workload workload(String name) {
        return new Workload("team-a", "Deployment/" + name, "default", Map.of());
    }

    /** Rollouts by hand. */
    private static final class Source implements RolloutSource {
        private final List<Runnable> listeners = new ArrayList<>();
        private Rollout latest;

        @Override
        public Optional<Rollout> latest() {
            return Optional.ofNullable(latest);
        }

        @Override
        public void onRollout(Runnable listener) {
            listeners.add(listener);
        }

        void roll(Map<Workload, String> hashes, Set<Workload> reach) {
            set(hashes, reach);
            listeners.forEach(Runnable::run);
        }

        void set(Map<Workload, String> hashes, Set<Workload> reach) {
            var snapshots = new HashMap<Workload, Snapshot>();
            hashes.forEach((workload, hash) -> snapshots.put(workload, new Snapshot(hash, new byte[0])));
            var world = new World(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    (namespace, name, key) -> new Entry.Value(""),
                    (namespace, name, key) -> new Entry.Value(""),
                    new Namespaces(Map.of()),
                    Set.of(),
                    List.copyOf(hashes.keySet()));
            latest = new Rollout(
                    latest == null ? 1 : latest.number() + 1,
                    world,
                    new Compilation(Map.of(), List.of(), Map.of(), Map.of(), Map.of()),
                    Map.of(),
                    snapshots,
                    reach.isEmpty() ? Map.of() : Map.of(ROUTE, reach));
        }
    }

    @BeforeEach
    void roll() {
        source.roll(Map.of(CHAT, "h1", OTHER, "h1"), Set.of(CHAT));
    }

    private static AckSummary counts(int reached, int acked) {
        return new AckSummary(reached, acked, 0, Optional.empty());
    }

    private AckSummary summary() {
        return book.summaryOf(ROUTE);
    }

    @Test
    void aNewConnectionCountsFromItsFirstAckOn() {
        book.connected("a", "s1");
        assertThat(summary()).isEqualTo(AckSummary.NONE);
        assertThat(book.connectedSidecars()).isEqualTo(1);

        book.acked("a", "s1", "h1");
        assertThat(summary()).isEqualTo(counts(1, 1));
        assertThat(summary().complete()).isTrue();
    }

    @Test
    void onlyThoseAreCountedWhomTheObjectReaches() {
        book.connected("a", "s1");
        book.acked("a", "s1", "h1");
        book.connected("c", "s2");
        book.acked("c", "s2", "h1");

        assertThat(summary()).isEqualTo(counts(1, 1));
        assertThat(book.summaryOf(new ObjectRef("KeyPool", "team-a", "openai"))).isEqualTo(AckSummary.NONE);
    }

    @Test
    void aNewConfigurationIsAwaitedTenSecondsThenTheSilentAreNotCounted() {
        ackedByBoth("h1");
        source.roll(Map.of(CHAT, "h2", OTHER, "h1"), Set.of(CHAT));
        assertThat(summary()).isEqualTo(counts(2, 0));

        book.acked("a", "s-a", "h2");
        scheduler.advanceMillis(10_000);
        assertThat(summary()).isEqualTo(counts(2, 1));

        scheduler.advanceMillis(300);
        assertThat(summary()).isEqualTo(counts(1, 1));

        book.acked("b", "s-b", "h2");
        assertThat(summary()).as("back again").isEqualTo(counts(2, 2));
    }

    private void ackedByBoth(String hash) {
        for (String pod : List.of("a", "b")) {
            book.connected(pod, "s-" + pod);
            book.acked(pod, "s-" + pod, hash);
        }
    }

    @Test
    void aRejectionSaysWhereAndWhyAndIsAlwaysTheSame() {
        ackedByBoth("h1");
        source.roll(Map.of(CHAT, "h2"), Set.of(CHAT));
        book.nacked("b", "s-b", "h2", "pools[0].baseUrl", "is no\nURL");
        book.nacked("a", "s-a", "h2", "pools[1]", "is odd");

        var expected = new AckSummary(2, 0, 2, Optional.of(new AckSummary.Rejection(CHAT, "pools[1]", "is odd")));
        assertThat(summary()).isEqualTo(expected);
        scheduler.advanceMillis(60_000);
        assertThat(summary()).as("a rejection does not grow old").isEqualTo(expected);

        book.acked("a", "s-a", "h2");
        assertThat(summary().rejection())
                .hasValueSatisfying(rejection -> assertThat(rejection.message()).isEqualTo("is no URL"));
    }

    @Test
    void aRejectionOfWhatIsNotWantedAnyMoreIsNone() {
        ackedByBoth("h1");
        source.roll(Map.of(CHAT, "h2"), Set.of(CHAT));
        book.nacked("a", "s-a", "h2", "p", "m");
        source.roll(Map.of(CHAT, "h3"), Set.of(CHAT));

        assertThat(summary()).isEqualTo(counts(2, 0));
    }

    @Test
    void theLatestStreamOfAPodCounts() {
        book.connected("a", "s1");
        book.acked("a", "s1", "h1");
        book.connected("a", "s2");
        assertThat(summary()).as("it has not said anything yet").isEqualTo(AckSummary.NONE);

        book.acked("a", "s1", "h1");
        book.disconnected("a", "s1");
        assertThat(summary()).isEqualTo(AckSummary.NONE);
        assertThat(book.connectedSidecars()).isEqualTo(1);

        book.acked("a", "s2", "h1");
        assertThat(summary()).isEqualTo(counts(1, 1));
        book.disconnected("a", "s2");
        assertThat(summary()).isEqualTo(AckSummary.NONE);
        assertThat(book.connectedSidecars()).isZero();
    }

    @Test
    void aPodThatIsGoneIsNotCounted() {
        ackedByBoth("h1");
        pods.remove("a");
        scheduler.advanceMillis(1_000);
        assertThat(summary()).isEqualTo(counts(1, 1));
    }

    @Test
    void reportsOfOtherReplicasCountOncePerPod() {
        book.connected("a", "s1");
        book.acked("a", "s1", "h1");
        book.remote("replica-2", List.of(report("a", "h0"), report("b", "h1")));
        assertThat(summary()).as("what was said here counts more").isEqualTo(counts(2, 2));

        book.remote("replica-3", List.of(report("b", "h0")));
        assertThat(summary()).as("what was said later counts more").isEqualTo(counts(2, 1));

        book.remote("replica-2", List.of(report("b", "h1")));
        assertThat(summary()).isEqualTo(counts(2, 2));

        book.forget("replica-2");
        book.forget("replica-3");
        book.forget("nobody");
        assertThat(summary()).isEqualTo(counts(1, 1));
        assertThat(book.local()).containsExactly(report("a", "h1"));
    }

    private static SidecarReport report(String pod, String hash) {
        return new SidecarReport(pod, hash, null, null, null);
    }

    @Test
    void aSummaryIsNeverOfAnEarlierRolloutThanTheLatest() {
        ackedByBoth("h1");
        source.set(Map.of(CHAT, "h2"), Set.of(CHAT));
        // The listener has not been called yet: this is another thread, which has just read latest().
        assertThat(summary()).isEqualTo(counts(2, 0));
    }

    @Test
    void listenersHearOnceOfManyChangesAndWhenPatienceEnds() {
        scheduler.advanceMillis(60_000);
        var heard = new ArrayList<Long>();
        book.onChange(() -> {
            throw new IllegalStateException("on purpose");
        });
        book.onChange(() -> heard.add(scheduler.nanoTime()));

        ackedByBoth("h1");
        scheduler.advanceMillis(1_000);
        assertThat(heard).hasSize(1);

        book.acked("a", "s-a", "h1");
        book.disconnected("a", "another");
        scheduler.advanceMillis(1_000);
        assertThat(heard).as("nothing new").hasSize(1);

        source.roll(Map.of(CHAT, "h2"), Set.of(CHAT));
        scheduler.advanceMillis(1_000);
        assertThat(heard).hasSize(2);
        scheduler.advanceMillis(10_000);
        assertThat(heard).as("those who are silent have ceased to count").hasSize(3);
        assertThat(summary()).isEqualTo(AckSummary.NONE);
    }

    @Test
    void whatASidecarSaysIsBounded() {
        book.connected("a", "s1");
        book.nacked("a", "s1", "h1", "p".repeat(100_000), "m".repeat(100_000) + "\u0007");

        var rejection = summary().rejection().orElseThrow();
        assertThat(rejection.path()).hasSize(256);
        assertThat(rejection.message()).hasSize(1024);
    }

    @Test
    void moreReplicasThanAnyoneRunsPushOutTheOldest() {
        book.remote("first", List.of(report("a", "h1")));
        for (int i = 0; i < 64; i++) {
            book.remote("replica-" + i, List.of(report("b", "h1")));
        }
        assertThat(summary()).isEqualTo(counts(1, 1));
    }
}
