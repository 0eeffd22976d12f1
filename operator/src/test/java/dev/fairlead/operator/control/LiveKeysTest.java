package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.control.Frame;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * From {@code kubectl apply} to the account that pays: a real API server, the operator with its shipped roles, a sidecar that
 * serves, and a provider that counts.
 */
@ExtendWith(ApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveKeysTest {
    private static final List<String> ACCOUNTS = List.of("one", "two", "three");
    private static final String PROFILE = """
            accounts:
            - {name: one, keys: [sk-live-one]}
            - {name: two, keys: [sk-live-two]}
            - {name: three, keys: [sk-live-three]}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigCodec codec = new ConfigCodec();
    private Installation installation;
    private Simulator provider;
    private Sidecar sidecar;
    private StreamClient stream;

    @BeforeAll
    void install(ApiServer server, @TempDir Path folder) throws Exception {
        provider = Simulator.start(
                SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("provider", PROFILE)));
        sidecar = Sidecar.start(new SidecarOptions(
                "127.0.0.1", 0, "127.0.0.1", 0, 1, folder.resolve("records").toString(), 2_000, name -> null));
        installation = new Installation(server);
        installation.namespace("live-team");
        stream = installation.sidecar(installation.pod("live-team", "app"), this::apply);
        eventually().until(() -> stream.connect() == 200);
    }

    private void apply(Frame.Config frame) {
        try {
            sidecar.apply(codec.read(frame.config().toString().getBytes(StandardCharsets.UTF_8)));
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    void uninstall() {
        if (stream != null) {
            stream.close();
        }
        if (installation != null) {
            var admin = installation.admin();
            admin.resources(AIRoute.class).inNamespace("ai-platform").delete();
            admin.resources(KeyPool.class).inNamespace("ai-platform").delete();
            installation.close();
        }
        sidecar.close();
        provider.close();
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS);
    }

    /** A pool with a route to it of the same name, which is also the name of its model. */
    private void pool(String name, String keys) {
        installation.apply("""
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: %1$s, namespace: ai-platform}
                spec:
                  provider: {type: OpenAICompatible, baseURL: "%2$s/v1"}
                  selection: {strategy: RoundRobin, affinity: None}
                  %3$s
                ---
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: %1$s, namespace: ai-platform}
                spec:
                  models:
                  - {name: %1$s, targets: [{name: main, model: gpt-4o, keyPoolRef: {name: %1$s}}]}
                  - {name: %1$s-mini, targets: [{name: main, model: gpt-4o-mini, keyPoolRef: {name: %1$s}}]}
                  access: {mode: Open, allowedFrom: {namespaces: All}}
                """.formatted(name, provider.url(), keys));
    }

    /** A Secret that a selector finds; its key is that of the provider's account. */
    private void secret(String pool, String account, Map<String, String> annotations) {
        installation
                .admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(pool + "-" + account)
                        .withNamespace("ai-platform")
                        .addToLabels("fairlead.dev/pool", pool)
                        .addToAnnotations(annotations)
                        .endMetadata()
                        .addToStringData("api-key", "sk-live-" + account)
                        .build())
                .serverSideApply();
    }

    private static String selector(String pool) {
        return "keySelector: {matchLabels: {fairlead.dev/pool: " + pool + "}}";
    }

    private CompletableFuture<HttpResponse<String>> call(String model) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + sidecar.dataPort() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]}"))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private Map<String, Integer> admitted() {
        var counts = new HashMap<String, Integer>();
        var accounts = provider.stats().path("accounts");
        ACCOUNTS.forEach(
                name -> counts.put(name, accounts.path(name).path("admitted").asInt()));
        return counts;
    }

    /** The accounts that pay for so many calls, one after the other. */
    private Set<String> payers(String model, int calls) {
        var before = admitted();
        for (int i = 0; i < calls; i++) {
            var answer = call(model).join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        var payers = new TreeSet<String>();
        admitted().forEach((name, count) -> {
            if (count > before.get(name)) {
                payers.add(name);
            }
        });
        return payers;
    }

    private void serves(String model) {
        eventually().untilAsserted(() -> {
            var answer = call(model).join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
    }

    /** Calls until these pay for them; in how many milliseconds that was so. */
    private long payersBecome(String model, String... accounts) {
        long began = System.nanoTime();
        eventually().until(() -> payers(model, 2 * accounts.length), Set.of(accounts)::equals);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        System.out.println("measured: " + List.of(accounts) + " paid after " + tookMs + " ms");
        return tookMs;
    }

    @Test
    void aSecretWithTheLabelsIsInUseWithinTwoSecondsAndOneThatIsDeletedEndsItsCallsFirst() {
        pool("found", selector("found"));
        secret("found", "one", Map.of());
        serves("found");
        secret("found", "two", Map.of());
        assertThat(payersBecome("found", "one", "two")).isLessThan(2_000);

        provider.addFaults("[{\"kind\": \"slow\", \"account\": \"two\", \"delayMs\": 4000, \"count\": 1}]");
        int before = admitted().get("two");
        var running = List.of(call("found"), call("found"));
        eventually().until(() -> admitted().get("two") > before);
        installation
                .admin()
                .secrets()
                .inNamespace("ai-platform")
                .withName("found-two")
                .delete();
        assertThat(payersBecome("found", "one")).isLessThan(2_000);
        running.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        provider.clearFaults();
        assertThat(payers("found", 5)).containsExactly("one");
    }

    @Test
    void aRotatedKeyIsInUseWithinTwoSecondsAndTheOldOneIsNotUsedAgain() {
        pool("rotated", "keys: [{name: only, secretRef: {name: rotated-one}}]");
        secret("rotated", "one", Map.of());
        serves("rotated");
        installation
                .admin()
                .secrets()
                .inNamespace("ai-platform")
                .withName("rotated-one")
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData("api-key", "sk-live-three")
                        .build());
        assertThat(payersBecome("rotated", "three")).isLessThan(2_000);
        assertThat(payers("rotated", 5)).containsExactly("three");
    }

    @Test
    void annotationsSayWhoGoesFirstAndWhoDrains() {
        pool("noted", selector("noted"));
        secret("noted", "one", Map.of("fairlead.dev/priority", "1"));
        secret("noted", "two", Map.of());
        secret("noted", "three", Map.of("fairlead.dev/weight", "0"));
        serves("noted");
        payersBecome("noted", "two");
        secret("noted", "two", Map.of("fairlead.dev/weight", "0"));
        payersBecome("noted", "one");
        secret("noted", "three", Map.of("fairlead.dev/weight", "1"));
        payersBecome("noted", "three");
    }

    @Test
    void aKeyPaysForTheModelsThatItNamesAndTheNextPriorityForTheRest() {
        pool("written", """
                keys:
                  - {name: small, secretRef: {name: written-one}, models: ["*-mini"]}
                  - {name: drained, secretRef: {name: written-two}, weight: 0}
                  - {name: last, secretRef: {name: written-three}, priority: 1}
                """);
        ACCOUNTS.forEach(account -> secret("written", account, Map.of()));
        serves("written");
        serves("written-mini");
        payersBecome("written-mini", "one");
        assertThat(payers("written-mini", 5)).containsExactly("one");
        assertThat(payers("written", 5)).containsExactly("three");
    }

    @Test
    void aRuleForErrorsCountsAsSoonAsItIsApplied() {
        String keys = """
                keys:
                  - {name: one, secretRef: {name: ruled-one}}
                  - {name: two, secretRef: {name: ruled-two}}
                """;
        pool("ruled", keys);
        List.of("one", "two").forEach(account -> secret("ruled", account, Map.of()));
        serves("ruled");
        payersBecome("ruled", "one", "two");
        provider.addFaults("""
                [{"kind": "status", "account": "two", "status": 418, "body": {"error": {"code": "budget_gone"}}}]""");
        eventually().until(() -> call("ruled").join().statusCode() == 418);

        pool("ruled", keys + "  coolDown: {rules: [{code: [\"budget_*\"], class: quota, rest: 1h}]}\n");
        eventually().untilAsserted(() -> assertThat(payers("ruled", 5)).containsExactly("one"));
        provider.clearFaults();
    }
}
