package dev.fairlead.operator.plan;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.plan.load.RecordedLoad;
import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import dev.fairlead.operator.standalone.Admitted;
import dev.fairlead.operator.standalone.FolderCompiler;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan against the truth: real calls through a real sidecar to the simulator, over sockets and in real time; then the same
 * calls planned from the records of that run.
 */
class AgreementTest {
    private static final int CALLS = 150;
    private static final int EVERY_MS = 100;
    /** How far apart the two accounts together let calls begin: who misses a turn by a millisecond begins so much later. */
    private static final long PACE_MS = 60_000 / (2 * 120);

    private static final Workload WORKLOAD = new Workload("default", "Deployment/app", "default", Map.of());

    /** Two calls a second at each of two accounts, four at once; nobody waits longer than three seconds. */
    private static final String MANIFESTS = """
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata: {name: accounts}
            spec:
              provider: {type: OpenAICompatible, baseURL: "%s/v1"}
              keys:
              - {name: a, quotaGroup: account-a, secretRef: {name: keys, key: a}}
              - {name: b, quotaGroup: account-b, secretRef: {name: keys, key: b}}
              quotaGroups:
              - {name: account-a, limits: [{requestsPerMinute: 120, burst: 4}]}
              - {name: account-b, limits: [{requestsPerMinute: 120, burst: 4}]}
              wait: {maxWait: 3s}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            stringData: {a: sk-agree-a, b: sk-agree-b}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: AIRoute
            metadata: {name: chat}
            spec:
              models: [{name: gpt-4o-mini, targets: [{name: primary, keyPoolRef: {name: accounts}}]}]
              timeouts: {request: 4s}
            """;

    private static final String PROVIDER = """
            accounts:
            - {name: account-a, keys: [sk-agree-a], limits: {requestsPerMinute: 120, burst: 4}}
            - {name: account-b, keys: [sk-agree-b], limits: {requestsPerMinute: 120, burst: 4}}
            latency: {firstByte: 100ms}
            """;

    @TempDir
    private Path folder;

    @Test
    void aPlanSaysWhatARealRunDid() throws Exception {
        var records = folder.resolve("calls.jsonl");
        var manifests = Files.createDirectory(folder.resolve("manifests"));
        var provider = SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("provider", PROVIDER));
        try (var simulator = Simulator.start(provider)) {
            Files.writeString(manifests.resolve("all.yaml"), MANIFESTS.formatted(simulator.url()));
            var profiles = ProviderProfiles.load();
            var read = PlannedFolder.read(manifests, null, "default", name -> null);
            var configs = PlannedFolder.configs(read.admitted(), List.of(WORKLOAD), profiles);
            assertThat(configs.issues()).isEmpty();
            var real = callForReal(standalone(manifests, profiles), records);
            var load = new RecordedLoad(WORKLOAD).read(records, 1, 1);
            assertThat(load.calls()).hasSize(CALLS);
            var planned = new Planner(profiles, 1_700_000_000_000L)
                    .plan(load, configs.configs(), null, null)
                    .variants()
                    .get(0)
                    .result();

            assertAgree("served", planned.served(), real.served(), 0);
            assertAgree("wait p50", planned.waits().p50Ms(), real.waits().p50Ms(), PACE_MS);
            assertAgree("wait p99", planned.waits().p99Ms(), real.waits().p99Ms(), PACE_MS);
            assertThat(planned.notServed()).containsOnlyKeys("keys_exhausted");
        }
    }

    /** Within a tenth of the truth; a short wait may be off by one turn, since a busy machine may miss one. */
    private static void assertAgree(String what, double planned, double real, double floor) {
        assertThat(planned).as(what).isCloseTo(real, within(Math.max(real * 0.1, floor)));
    }

    private static SidecarConfig standalone(Path manifests, ProviderProfiles profiles) {
        var reading = new ManifestFolder(List.of(manifests), "default", name -> null).read();
        return new FolderCompiler(Compiler.standalone(profiles), WORKLOAD)
                .compile(Admitted.first(reading), reading)
                .config();
    }

    private record Truth(int served, Waits waits) {}

    private Truth callForReal(SidecarConfig config, Path records) throws Exception {
        var options = new SidecarOptions("127.0.0.1", 0, "127.0.0.1", 0, 1, records.toString(), 2_000, name -> null);
        var timer = Executors.newSingleThreadScheduledExecutor();
        try (var sidecar = Sidecar.start(options)) {
            sidecar.apply(config);
            var client = HttpClient.newHttpClient();
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + sidecar.dataPort() + "/v1/chat/completions"))
                    .header("content-type", "application/json")
                    .POST(
                            BodyPublishers.ofString(
                                    "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]}"))
                    .build();
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < CALLS; i++) {
                var answer = new CompletableFuture<HttpResponse<String>>();
                answers.add(answer);
                var unused = timer.schedule(
                        () -> {
                            var unusedAnswer = client.sendAsync(request, BodyHandlers.ofString())
                                    .whenComplete((response, failure) -> {
                                        if (failure == null) {
                                            answer.complete(response);
                                        } else {
                                            answer.completeExceptionally(failure);
                                        }
                                    });
                        },
                        (long) i * EVERY_MS,
                        MILLISECONDS);
            }
            for (var answer : answers) {
                assertThat(answer.get(60, SECONDS).statusCode()).isIn(200, 429);
            }
        } finally {
            timer.shutdownNow();
        }
        return truth(records);
    }

    /** As the real sidecar recorded it. */
    private static Truth truth(Path records) throws Exception {
        var json = new ObjectMapper();
        var waits = new long[CALLS];
        int served = 0;
        for (var line : Files.readAllLines(records)) {
            var record = json.readTree(line);
            if (record.path("outcome").asText().equals("ok")) {
                waits[served++] = Math.round(record.path("waitMs").asDouble() * 1_000);
            }
        }
        return new Truth(served, Waits.of(waits, served));
    }
}
