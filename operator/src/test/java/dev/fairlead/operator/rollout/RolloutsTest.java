package dev.fairlead.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutsTest {
    private static final Workload CHAT = new Workload("team-a", "Deployment/chat", "chat", Map.of("app", "chat"));
    private static final Workload SAME_BUT_LABELS =
            new Workload("team-a", "Deployment/chat", "chat", Map.of("app", "chat", "canary", "yes"));
    private static final Workload OTHER = new Workload("team-b", "Job/batch", "default", Map.of());

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    private World world = world("sk-1", List.of(CHAT, SAME_BUT_LABELS, OTHER));
    private final Rollouts rollouts =
            new Rollouts(() -> world, new Compiler(ProviderProfiles.load()), scheduler, scheduler::nanoTime);

    @AfterEach
    void close() {
        rollouts.close();
    }

    private World world(String key, List<Workload> workloads) {
        return new World(
                List.of(bean(KeyPool.class, """
                        metadata: {namespace: team-a, name: openai, generation: 3}
                        spec:
                          provider: {type: OpenAI}
                          keys: [{name: one, secretRef: {name: keys, key: api-key}}]
                        """)),
                List.of(bean(AIRoute.class, """
                        metadata: {namespace: team-a, name: chat, generation: 2}
                        spec:
                          models: [{name: gpt-4o, targets: [{name: t, keyPoolRef: {name: openai}, model: gpt-4o}]}]
                        """)),
                List.of(bean(Tenant.class, """
                        metadata: {name: acme, generation: 1}
                        spec: {namespaces: [team-a]}
                        """)),
                List.of(),
                (namespace, name, entry) -> new Entry.Value(key),
                (namespace, name, entry) -> new Entry.Value(key),
                new Namespaces(Map.of()),
                Set.of(),
                workloads);
    }

    private <T> T bean(Class<T> type, String text) {
        try {
            return yaml.readValue(text, type);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Rollout roll() {
        rollouts.changed();
        scheduler.advanceMillis(25);
        return rollouts.latest().orElseThrow();
    }

    @Test
    void nothingIsThereBeforeTheFirstChange() {
        scheduler.advanceMillis(1000);
        assertThat(rollouts.latest()).isEmpty();
        assertThat(rollouts.compilations()).isZero();
    }

    @Test
    void manyChangesAreOneRollout() {
        var numbers = new ArrayList<Long>();
        rollouts.onRollout(() -> numbers.add(rollouts.latest().orElseThrow().number()));
        for (int i = 0; i < 10; i++) {
            rollouts.changed();
        }
        scheduler.advanceMillis(500);
        rollouts.changed();
        scheduler.advanceMillis(500);

        assertThat(numbers).containsExactly(1L, 2L);
        assertThat(rollouts.compilations()).isEqualTo(2);
    }

    @Test
    void aSnapshotIsWhatTheSidecarReadsUnderItsHash() throws Exception {
        var snapshot = roll().snapshots().get(CHAT);

        var config = new ConfigCodec().read(snapshot.json());
        assertThat(config.pools()).hasSize(1);
        assertThat(snapshot.hash()).isEqualTo(new ConfigCodec().hash(config));
        assertThat(snapshot.toString()).doesNotContain("sk-1");
    }

    @Test
    void whatHasNotChangedIsNotWrittenAgain() {
        var before = roll();
        var again = roll();
        assertThat(again.number()).isEqualTo(2);
        assertThat(again.snapshots().get(CHAT)).isSameAs(before.snapshots().get(CHAT));

        world = world("sk-2", List.of(CHAT, OTHER));
        var after = roll();
        assertThat(after.snapshots().get(CHAT).hash())
                .isNotEqualTo(before.snapshots().get(CHAT).hash());
        assertThat(after.snapshots().get(OTHER)).isSameAs(before.snapshots().get(OTHER));
        assertThat(after.snapshots()).doesNotContainKey(SAME_BUT_LABELS);
    }

    @Test
    void workloadsThatGetTheSameShareItsBytes() {
        var rollout = roll();
        assertThat(rollout.snapshots().get(CHAT)).isSameAs(rollout.snapshots().get(SAME_BUT_LABELS));
    }

    @Test
    void anObjectReachesThoseWhoseConfigurationItIsPartOf() {
        var rollout = roll();

        assertThat(rollout.reach())
                .containsOnly(
                        Map.entry(new ObjectRef("AIRoute", "team-a", "chat"), Set.of(CHAT, SAME_BUT_LABELS)),
                        Map.entry(new ObjectRef("KeyPool", "team-a", "openai"), Set.of(CHAT, SAME_BUT_LABELS)),
                        Map.entry(new ObjectRef("Tenant", "", "acme"), Set.of(CHAT, SAME_BUT_LABELS)));
        assertThat(rollout.generations())
                .containsOnly(
                        Map.entry(new ObjectRef("AIRoute", "team-a", "chat"), 2L),
                        Map.entry(new ObjectRef("KeyPool", "team-a", "openai"), 3L),
                        Map.entry(new ObjectRef("Tenant", "", "acme"), 1L));
    }

    @Test
    void aCompilationThatFailsLeavesTheOneBeforeAndTheNextSucceeds() {
        var before = roll();
        var good = world;
        world = null;
        assertThat(roll()).isSameAs(before);
        assertThat(rollouts.failures()).isEqualTo(1);

        world = good;
        assertThat(roll().number()).isEqualTo(2);
    }

    @Test
    void aListenerThatFailsKeepsNobodyElseFromHearing() {
        var heard = new ArrayList<String>();
        rollouts.onRollout(() -> {
            throw new IllegalStateException("on purpose");
        });
        rollouts.onRollout(() -> heard.add("second"));

        roll();
        roll();

        assertThat(heard).containsExactly("second", "second");
    }

    @Test
    void afterTheEndAChangeIsNobodysBusiness() {
        rollouts.close();
        rollouts.changed();
        scheduler.advanceMillis(1000);
        assertThat(rollouts.latest()).isEmpty();
    }
}
