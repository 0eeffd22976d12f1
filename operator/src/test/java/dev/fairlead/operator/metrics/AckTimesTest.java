package dev.fairlead.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.rollout.Snapshot;
import dev.fairlead.operator.world.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AckTimesTest implements RolloutSource, AckListener {
    private final List<String> heard = new ArrayList<>();
    private final List<Duration> measured = new ArrayList<>();
    private long millis;
    private Runnable rollout;
    private Rollout latest;
    private final AckTimes times = new AckTimes(this, this, () -> millis * 1_000_000, measured::add);

    @Override
    public Optional<Rollout> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void onRollout(Runnable listener) {
        rollout = listener;
    }

    @Override
    public void connected(String podUid, String stream) {
        heard.add("connected " + podUid);
    }

    @Override
    public void acked(String podUid, String stream, String hash) {
        heard.add("acked " + podUid + " " + hash);
    }

    @Override
    public void nacked(String podUid, String stream, String hash, String path, String message) {
        heard.add("nacked " + podUid + " " + hash);
    }

    @Override
    public void disconnected(String podUid, String stream) {
        heard.add("disconnected " + podUid);
    }

    private void rollOut(String... hashes) {
        Map<Workload, Snapshot> snapshots = new HashMap<>();
        for (String hash : hashes) {
            snapshots.put(
                    new Workload("team-a", "app-" + snapshots.size(), "app", Map.of()),
                    new Snapshot(hash, new byte[0]));
        }
        latest = new Rollout(1, null, null, Map.of(), snapshots, Map.of());
        rollout.run();
    }

    @Test
    void onlyWhatIsNewToAConnectedSidecarIsMeasured() {
        rollOut("a");
        millis = 5_000;
        times.connected("pod", "s1");
        times.acked("pod", "s1", "a");
        assertThat(measured).as("was there before").isEmpty();

        rollOut("b");
        millis += 40;
        times.acked("pod", "s1", "b");
        times.acked("pod", "s1", "b");
        assertThat(measured).containsExactly(Duration.ofMillis(40));
    }

    @Test
    void aReconnectBeginsAnew() {
        rollOut("a");
        times.connected("pod", "s1");
        times.acked("pod", "s1", "a");
        times.disconnected("pod", "s1");
        rollOut("b");
        millis = 60_000;
        times.connected("pod", "s2");
        times.acked("pod", "s2", "b");
        assertThat(measured).isEmpty();
    }

    @Test
    void anUnchangedConfigurationIsAsOldAsItsFirstRolloutAndOneThatComesBackIsNew() {
        times.connected("pod", "s1");
        rollOut("a");
        times.acked("pod", "s1", "a");
        rollOut("a", "b");
        millis = 10;
        rollOut("b");
        millis = 30;
        times.acked("pod", "s1", "b");
        rollOut("a");
        millis = 35;
        times.acked("pod", "s1", "a");
        assertThat(measured).containsExactly(Duration.ofMillis(30), Duration.ofMillis(5));
    }

    @Test
    void theBooksHearOfEverything() {
        times.connected("pod", "s1");
        times.acked("pod", "s1", "unknown");
        times.nacked("pod", "s1", "b", "routes[0]", "cannot be used");
        times.disconnected("pod", "s1");
        assertThat(heard).containsExactly("connected pod", "acked pod unknown", "nacked pod b", "disconnected pod");
    }
}
