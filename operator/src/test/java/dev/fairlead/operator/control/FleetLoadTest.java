package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.operator.testing.EmptyCluster;
import dev.fairlead.operator.world.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A leader that is slow, one that knows nothing yet, and one that cannot be reached. */
class FleetLoadTest {
    private static final int MEBI = 1 << 20;

    private final Cluster cluster = new Cluster();
    private final List<CompletableFuture<FleetReply>> relayed = new ArrayList<>();
    private volatile boolean leads = true;
    private volatile boolean synced = true;
    private final Fleet fleet = new Fleet(new Leads(), cluster, cluster, () -> synced, (pod, report) -> relay());

    private CompletionStage<FleetReply> relay() {
        var answer = new CompletableFuture<FleetReply>();
        relayed.add(answer);
        return answer;
    }

    @AfterEach
    void close() {
        cluster.slow.complete(null);
        fleet.close();
    }

    private CompletableFuture<FleetReply> report() {
        return fleet.report("pod", new byte[MEBI]).toCompletableFuture();
    }

    @Test
    void whatWaitsForASlowLeaderIsBoundedInBytes() throws Exception {
        var waiting = new ArrayList<CompletableFuture<FleetReply>>();
        for (int i = 0; i < Fleet.MOST_BYTES / MEBI; i++) {
            waiting.add(report());
        }
        assertThat(report()).isCompletedWithValue(FleetReply.NOBODY);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        cluster.slow.complete(null);
        for (var each : waiting) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(FleetReply.NOBODY);
        }
        long before = cluster.asked.get();
        assertThat(report().get(30, TimeUnit.SECONDS)).isEqualTo(FleetReply.NOBODY);
        assertThat(cluster.asked.get()).as("it has had its turn").isGreaterThan((int) before);
    }

    @Test
    void whatWaitsForALeaderElsewhereIsBoundedInBytes() {
        leads = false;
        for (int i = 0; i < Fleet.MOST_BYTES / MEBI; i++) {
            var unused = report();
        }
        int most = relayed.size();
        assertThat(report()).isCompletedWithValue(FleetReply.NOBODY);
        assertThat(relayed).hasSize(most);
        relayed.get(0).complete(FleetReply.NOBODY);
        assertThat(report()).isNotDone();
        assertThat(relayed).hasSize(most + 1);
    }

    @Test
    void nobodyIsCountedBeforeThePodsHaveBeenRead() throws Exception {
        cluster.slow.complete(null);
        synced = false;
        assertThat(report().get(30, TimeUnit.SECONDS)).isEqualTo(FleetReply.NOBODY);
        assertThat(cluster.counted.get()).isZero();
        synced = true;
        var unused = report();
        await().atMost(30, TimeUnit.SECONDS).until(() -> cluster.counted.get() > 0);
    }

    private final class Leads implements Leadership {
        @Override
        public boolean mayWrite() {
            return leads;
        }

        @Override
        public void onGained(Runnable listener) {}
    }

    /** Nothing has been compiled. */
    private static final class Cluster extends EmptyCluster {
        final CompletableFuture<Void> slow = new CompletableFuture<>();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger counted = new AtomicInteger();

        @Override
        public Optional<Workload> workloadOf(String uid) {
            asked.incrementAndGet();
            slow.join();
            return Optional.empty();
        }

        @Override
        public Set<String> uids() {
            counted.incrementAndGet();
            return Set.of();
        }
    }
}
