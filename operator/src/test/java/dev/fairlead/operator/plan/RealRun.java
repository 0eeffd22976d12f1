package dev.fairlead.operator.plan;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Real calls through a real sidecar to the simulator, over sockets and in real time; then the same calls planned from its records. */
final class RealRun {
    private static final Workload WORKLOAD = new Workload("default", "Deployment/app", "default", Map.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> records = new ArrayList<>();
    private final PlanResult planned;

    /** A call, so many milliseconds after the beginning; {@code maxTokens} 0 for none. */
    record Call(long atMs, String model, String text, int maxTokens, boolean stream) {
        Call(long atMs, String model, String text) {
            this(atMs, model, text, 0, false);
        }
    }

    /**
     * Makes the calls, and plans them.
     *
     * @param manifests with {@code %s} for the simulator's URL
     * @param provider the simulator's profile
     */
    RealRun(Path folder, String manifests, String provider, List<Call> calls) throws Exception {
        var file = folder.resolve("calls.jsonl");
        var dir = Files.createDirectory(folder.resolve("manifests"));
        var options = SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("provider", provider));
        try (var simulator = Simulator.start(options)) {
            Files.writeString(dir.resolve("all.yaml"), manifests.formatted(simulator.url()));
            var profiles = ProviderProfiles.load();
            var read = PlannedFolder.read(dir, null, "default", name -> null);
            var configs = PlannedFolder.configs(read.admitted(), List.of(WORKLOAD), profiles);
            assertThat(configs.issues()).isEmpty();
            make(calls, standalone(dir, profiles), file);
            for (var line : Files.readAllLines(file)) {
                records.add(JSON.readTree(line));
            }
            var load = new RecordedLoad(WORKLOAD).read(List.of(file), 1, 1);
            assertThat(load.calls()).hasSameSizeAs(calls);
            planned = new Planner(profiles, 1_700_000_000_000L)
                    .plan(load, configs, null, null)
                    .variants()
                    .get(0)
                    .result();
        }
    }

    private static SidecarConfig standalone(Path manifests, ProviderProfiles profiles) {
        var reading = new ManifestFolder(List.of(manifests), "default", name -> null).read();
        return new FolderCompiler(Compiler.standalone(profiles), WORKLOAD)
                .compile(Admitted.first(reading), reading)
                .config();
    }

    private static void make(List<Call> calls, SidecarConfig config, Path records) throws Exception {
        var options = new SidecarOptions("127.0.0.1", 0, "127.0.0.1", 0, 1, records.toString(), 2_000, name -> null);
        var timer = Executors.newSingleThreadScheduledExecutor();
        try (var sidecar = Sidecar.start(options)) {
            sidecar.apply(config);
            var url = URI.create("http://127.0.0.1:" + sidecar.dataPort() + "/v1/chat/completions");
            var client = HttpClient.newHttpClient();
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (var call : calls) {
                var body = JSON.createObjectNode().put("model", call.model());
                if (call.stream()) {
                    body.put("stream", true);
                }
                if (call.maxTokens() > 0) {
                    body.put("max_tokens", call.maxTokens());
                }
                body.putArray("messages").addObject().put("role", "user").put("content", call.text());
                var request = HttpRequest.newBuilder(url)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build();
                var answer = new CompletableFuture<HttpResponse<String>>();
                answers.add(answer);
                var unused = timer.schedule(() -> send(client, request, answer), call.atMs(), MILLISECONDS);
            }
            for (var answer : answers) {
                assertThat(answer.get(60, SECONDS).statusCode()).isIn(200, 429);
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private static void send(HttpClient client, HttpRequest request, CompletableFuture<HttpResponse<String>> answer) {
        var unused = client.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, failure) -> {
            if (failure == null) {
                answer.complete(response);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    PlanResult planned() {
        return planned;
    }

    /** Records of the calls for this model that were answered; of all models for {@code null}. */
    List<JsonNode> served(String model) {
        return records.stream()
                .filter(record -> record.path("outcome").asText().equals("ok"))
                .filter(record -> model == null || record.path("model").asText().equals(model))
                .toList();
    }

    /** As the real sidecar recorded them. */
    Waits waits() {
        var served = served(null);
        var waits = new long[served.size()];
        for (int i = 0; i < waits.length; i++) {
            waits[i] = Math.round(served.get(i).path("waitMs").asDouble() * 1_000);
        }
        return Waits.of(waits, waits.length);
    }
}
