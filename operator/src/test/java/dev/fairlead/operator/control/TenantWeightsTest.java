package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.compile.WorldFiles;
import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.operator.testing.EmptyCluster;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Tenant's weight, from the object to the shares of its sidecars. */
class TenantWeightsTest {
    private static final long LIMIT = 600;
    private static final String METER = "account/*/requestsPerMinute";
    private static final String WORLD = """
            kind: Secret
            metadata: {name: keys, namespace: ai-platform}
            stringData: {one: sk-weights-one}
            ---
            kind: KeyPool
            metadata: {name: pool, namespace: ai-platform}
            spec:
              provider: {type: OpenAI}
              keys: [{name: one, secretRef: {name: keys, key: one}, quotaGroup: account}]
              quotaGroups: [{name: account, limits: [{requestsPerMinute: 600}]}]
              allowedFrom: {namespaces: All}
            ---
            kind: AIRoute
            metadata: {name: chat, namespace: ai-platform}
            spec:
              models: [{name: gpt-4o, targets: [{name: primary, keyPoolRef: {name: pool}}]}]
              access: {mode: Open, allowedFrom: {namespaces: All}}
            ---
            kind: Tenant
            metadata: {name: acme}
            spec: {namespaces: [team-a], %s}
            ---
            kind: Pod
            metadata: {name: app, namespace: team-a}
            ---
            kind: Pod
            metadata: {name: app, namespace: team-b}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Long> shares = new HashMap<>(Map.of("team-a", 0L, "team-b", 0L));
    private final Cluster cluster = new Cluster();
    private final Fleet fleet = new Fleet(
            new Leads(),
            cluster,
            cluster,
            () -> true,
            (pod, report) -> CompletableFuture.completedFuture(FleetReply.NOBODY));
    private long number;

    @AfterEach
    void close() {
        fleet.close();
    }

    /** Both want all that there is, and go on wanting it. */
    private void round() throws Exception {
        for (var team : List.of("team-a", "team-b")) {
            var reading = new MeterReading(METER, LIMIT, shares.get(team), 0, LIMIT);
            var said = new PoolReport(
                    "ai-platform/pool", List.of(reading), List.of(), List.of(), List.of(), false, 1, -1, -1);
            var report = new FleetReport("stream", "run", ++number, List.of(said));
            var reply = fleet.here(team, json.writeValueAsBytes(report))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(reply).isInstanceOf(FleetReply.Answered.class);
            var answer = ((FleetReply.Answered) reply).body();
            for (var given :
                    json.readValue(answer, FleetAnswer.class).pools().get(0).shares()) {
                shares.put(team, given.share());
            }
            assertThat(shares.get("team-a") + shares.get("team-b")).isLessThanOrEqualTo(LIMIT);
        }
    }

    private void eventually(long ofTeamA, long ofTeamB) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            round();
            assertThat(shares).containsEntry("team-a", ofTeamA).containsEntry("team-b", ofTeamB);
        });
    }

    @Test
    void aLimitThatAllWantIsDividedByTheWeightsOfTheirTenantsAsTheyAreNow() throws IOException {
        cluster.rollOut("weight: 3");
        eventually(450, 150);

        cluster.rollOut("suspended: false");
        eventually(300, 300);
    }

    private static final class Leads implements Leadership {
        @Override
        public boolean mayWrite() {
            return true;
        }

        @Override
        public void onGained(Runnable listener) {}
    }

    /** Pods that are called like their namespaces. */
    private static final class Cluster extends EmptyCluster {
        private final Compiler compiler = new Compiler(ProviderProfiles.load());
        private volatile Rollout latest;
        private long number;

        void rollOut(String tenant) throws IOException {
            var files = new WorldFiles();
            var yaml = new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class);
            for (var document :
                    yaml.<JsonNode>readValues(WORLD.formatted(tenant)).readAll()) {
                files.add(document);
            }
            var world = files.world();
            latest = new Rollout(++number, world, compiler.compile(world), Map.of(), Map.of(), Map.of());
        }

        @Override
        public Optional<Workload> workloadOf(String uid) {
            return latest.world().workloads().stream()
                    .filter(workload -> workload.namespace().equals(uid))
                    .findFirst();
        }

        @Override
        public Set<String> uids() {
            return Set.of("team-a", "team-b");
        }

        @Override
        public Optional<Rollout> latest() {
            return Optional.ofNullable(latest);
        }
    }
}
