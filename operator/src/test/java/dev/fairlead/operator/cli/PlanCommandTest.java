package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
    private static final Path EXAMPLE = Path.of("../examples/plan");

    @TempDir
    private Path folder;

    @Test
    void whatFitsHoldsAndTheFullestLimitIsShown() {
        var result = new Cli().run("plan", EXAMPLE, "--calls-per-minute", 120, "--burstiness", 0, "--duration", "5m");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("600 calls within 5m0s: 120.0 a minute")
                .contains("It holds: every call is answered, and none waits for a key.")
                .containsPattern(
                        "Nothing binds: the fullest limit, requestsPerMinute of account-[abc], is used to [0-9.]+%")
                .doesNotContain("one more account");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void whatDoesNotFitSaysWhyAndWhatWouldHelp() throws IOException {
        var result = new Cli().run("plan", EXAMPLE, "--calls-per-minute", 220, "--duration", "10m", "--json");
        assertThat(result.code()).isZero();
        var plan = new ObjectMapper().readTree(result.out());
        assertThat(plan.path("holds").asBoolean()).isFalse();
        var asIs = plan.at("/variants/0");
        assertThat(asIs.path("name").asText()).isEqualTo("as it is");
        assertThat(asIs.at("/notServed/keys_exhausted").asInt()).isPositive();
        assertThat(asIs.at("/binds/limit").asText()).isEqualTo("requestsPerMinute");
        assertThat(asIs.at("/binds/account").asText()).startsWith("account-");
        assertThat(asIs.at("/servedShare").asDouble()).isBetween(0.75, 0.95);
        assertThat(plan.at("/variants/1/name").asText()).isEqualTo("one more account");
        assertThat(plan.at("/variants/1/servedShare").asDouble()).isEqualTo(1);
        assertThat(plan.at("/variants/2/servedShare").asDouble()).isEqualTo(1);
        var again = new Cli().run("plan", EXAMPLE, "--calls-per-minute", 220, "--duration", "10m", "--json");
        assertThat(again.out()).as("the same plan twice").isEqualTo(result.out());
    }

    /** Every question of a platform engineer, in both forms. */
    @Test
    void theTableAndTheJsonAnswerTheSameQuestions() throws IOException {
        Object[] load = {"plan", EXAMPLE, "--calls-per-minute", 300, "--burstiness", 0, "--duration", "5m"};
        var table = new Cli().run(load).out();
        var words = new ArrayList<>(List.of(load));
        words.add("--json");
        var plan = new ObjectMapper().readTree(new Cli().run(words.toArray()).out());
        var asIs = plan.at("/variants/0");
        var more = plan.at("/variants/1");

        assertThat(plan.path("holds").asBoolean()).as("will it hold").isFalse();
        assertThat(table)
                .contains("It does not hold: %d of 1,500 calls"
                        .formatted(asIs.path("refused").asInt()))
                .contains("(keys_exhausted %d)"
                        .formatted(asIs.at("/notServed/keys_exhausted").asInt()))
                .containsPattern("\nas it is .* %s +%s +%s +0\n"
                        .formatted(
                                seconds(asIs.at("/waits/p50Ms")),
                                seconds(asIs.at("/waits/p99Ms")),
                                seconds(asIs.at("/waits/maxMs"))))
                .contains("What binds first: %s of %s and %d more, in pool %s after %s"
                        .formatted(
                                asIs.at("/binds/limit").asText(),
                                asIs.at("/binds/account").asText(),
                                asIs.at("/binds/otherAccounts").asInt(),
                                asIs.at("/binds/pool").asText(),
                                seconds(asIs.at("/binds/afterMs"))))
                .contains("\nIt holds with one tier up (limits x 2).\n");
        assertThat(more.path("name").asText()).isEqualTo("one more account");
        assertThat(more.path("refused").asInt())
                .as("one more account")
                .isBetween(1, asIs.path("refused").asInt() - 100);
        assertThat(plan.at("/variants/2/refused").asInt()).as("one tier up").isZero();
        assertThat(plan.at("/variants/2/binds").isNull()).isTrue();
    }

    private static String seconds(JsonNode ms) {
        return String.format(Locale.ROOT, "%.1fs", ms.asLong() / 1e3);
    }

    @Test
    void aKeyEndsByTheTimeAtWhichThePlanBegins() throws IOException {
        for (var file : List.of("airoute.yaml", "keypool.yaml", "secret.yaml")) {
            var text = Files.readString(EXAMPLE.resolve(file));
            Files.writeString(
                    folder.resolve(file),
                    text.replaceAll("secretRef: (\\{[^}]*})}", "secretRef: $1, notAfter: \"2027-01-01T00:00:00Z\"}"));
        }
        Object[] plan = {"plan", folder, "--calls-per-minute", 60, "--duration", "1m", "--at", "2026-12-31T12:00:00Z"};
        assertThat(new Cli().run(plan).out()).contains("It holds");
        plan[plan.length - 1] = "2027-01-01T12:00:00Z";
        assertThat(new Cli().run(plan).out()).contains("It does not hold").contains("keys_unusable");
    }

    @Test
    void recordsAreMadeAgainAtTheirTimesAndSizes() throws IOException {
        var records = new StringBuilder();
        for (int second = 0; second < 60; second++) {
            records.append("""
                    {"time":"2026-01-31T12:00:%02d.250Z","id":"1","namespace":"default","route":"default/chat",\
                    "endpoint":"ChatCompletions","model":"gpt-4o-mini","stream":true,"status":200,"outcome":"ok",\
                    "attempts":[{"target":"primary","pool":"default/accounts","key":"a-1","status":200,"ms":900}],\
                    "waitMs":0,"ttftMs":300.5,"durationMs":901,"usage":{"inputTokens":700,"outputTokens":50}}
                    """.formatted(second));
        }
        records.append("{\"time\":\"2026-01-31T12:01:00Z\",\"endpoint\":\"Models\",\"outcome\":\"ok\"}\n");
        records.append("{\"time\":\"2026-01-31T12:01:0");
        var file = Files.writeString(folder.resolve("calls.jsonl"), records);
        var once = new Cli().run("plan", EXAMPLE, "--records", file);
        assertThat(once.out())
                .startsWith("60 calls within 59.0s")
                .contains("It holds")
                .contains("Note: 1 records are of calls that never asked for a key")
                .contains("cut short")
                .contains("No record says max_tokens");
        var fourfold = new Cli().run("plan", EXAMPLE, "--records", file, "--scale", 4);
        assertThat(fourfold.out()).startsWith("240 calls").contains("What binds first: requestsPerMinute");
    }

    @Test
    void recordsOfResponsesNeedARouteThatOffersThem() throws IOException {
        var file = Files.writeString(folder.resolve("calls.jsonl"), """
                {"time":"2026-01-31T12:00:00Z","id":"1","route":"default/chat","endpoint":"Responses",\
                "model":"gpt-4o","status":200,"outcome":"ok","attempts":[{"status":200,"ms":900}],\
                "durationMs":901,"usage":{"inputTokens":700,"outputTokens":50}}
                """);
        var manifest = Manifest.in(folder);
        assertThat(new Cli().run("plan", folder, "--records", file).out()).contains("It holds");
        manifest.replace("route.yaml", "  models:", "  endpoints: [ChatCompletions]\n  models:");
        assertThat(new Cli().run("plan", folder, "--records", file).out()).contains("not_found 1");
    }

    /** Some 120 calls more come than fit; of the ten that one of 20 sidecars lets wait, one tenant's are eight. */
    @Test
    void everySidecarOfAFleetHasItsWaitingRoom() throws IOException {
        for (var file : List.of("airoute.yaml", "keypool.yaml", "secret.yaml")) {
            Files.writeString(
                    folder.resolve(file),
                    Files.readString(EXAMPLE.resolve(file))
                            .replace("  coordination:", "  wait: {maxDepth: 10, maxWait: 2m}\n  coordination:"));
        }
        var records = new StringBuilder();
        for (int call = 0; call < 300; call++) {
            records.append("""
                    {"time":"2026-01-31T12:00:%02d.%03dZ","namespace":"default","pod":"chat-%d","route":"default/chat",\
                    "endpoint":"ChatCompletions","model":"gpt-4o-mini","outcome":"ok","attempts":[{"ms":500}],\
                    "durationMs":501,"usage":{"inputTokens":10,"outputTokens":5}}
                    """.formatted(call / 5, call % 5 * 200, call % 20));
        }
        var file = Files.writeString(folder.resolve("calls.jsonl"), records);
        var fleet = new Cli().run("plan", folder, "--records", file);
        assertThat(fleet.out()).contains(", through 20 sidecars.\n").contains("It holds");
        var alone = new Cli().run("plan", folder, "--records", file, "--sidecars", 1);
        assertThat(alone.out()).contains(", through 1 sidecar.\n").contains("queue_full");
        var described = new Cli()
                .run("plan", folder, "--calls-per-minute", 300, "--duration", "1m", "--sidecars", 20, "--json");
        assertThat(new ObjectMapper().readTree(described.out()).path("sidecars").asInt())
                .isEqualTo(20);
        assertThat(described.out()).doesNotContain("queue_full");
    }

    /** As {@code kubectl get ... -o yaml} and {@code kubectl logs} write them. */
    @Test
    void whatAClusterHoldsAndWhatItsSidecarsLogIsEnoughForAPlan() throws IOException {
        Files.writeString(folder.resolve("all.yaml"), """
                apiVersion: v1
                kind: List
                metadata: {resourceVersion: ""}
                items:
                - apiVersion: fairlead.dev/v1alpha1
                  kind: AIRoute
                  metadata:
                    annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
                    creationTimestamp: "2026-01-30T12:00:00Z"
                    generation: 1
                    name: chat
                    namespace: team-a
                    resourceVersion: "4711"
                    uid: 0ee0f9c2-5b3a-4d55-9d0a-3d4f8c0d2f11
                  spec:
                    models:
                    - name: gpt-4o-mini
                      targets: [{name: primary, keyPoolRef: {name: accounts}}]
                  status:
                    conditions:
                    - {type: Ready, status: "True", reason: Ready, message: "", lastTransitionTime: "2026-01-30T12:00:00Z"}
                - apiVersion: fairlead.dev/v1alpha1
                  kind: KeyPool
                  metadata: {name: accounts, namespace: team-a, finalizers: [], labels: {team: a}}
                  spec:
                    provider: {type: OpenAI}
                    keys: [{name: a, quotaGroup: one, secretRef: {name: keys, key: a}}]
                    quotaGroups: [{name: one, limits: [{requestsPerMinute: 60}]}]
                """);
        var record = """
                {"time":"2026-01-31T12:00:00Z","namespace":"team-a","serviceAccount":"default","pod":"chat-1",\
                "route":"team-a/chat","endpoint":"ChatCompletions","model":"gpt-4o-mini","outcome":"ok",\
                "attempts":[{"ms":500}],"durationMs":501,"usage":{"inputTokens":10,"outputTokens":5}}
                """;
        var log = "2026-01-31T11:59:59.123Z INFO \"sidecar started\" data=15080\n";
        var file = Files.writeString(
                folder.resolve("calls.jsonl"), log + record + log + record.replace("chat-1", "chat-2"));
        var result = new Cli().run("plan", folder, "--records", file);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("2 calls within 1ms: ")
                .contains(", through 2 sidecars.")
                .contains("It holds")
                .contains("requestsPerMinute of one")
                .contains("Note: 2 lines are of a sidecar's log; they are left out.");
    }

    @Test
    void aPoolWithoutLimitsIsNoBasisForAPlanAndThatIsSaid() throws IOException {
        Manifest.in(folder);
        var result = new Cli().run("plan", folder, "--calls-per-minute", 600, "--duration", "1m");
        assertThat(result.out()).contains("It holds").contains("has no limits in its manifests");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --scale 2 | which calls? Give either --records FILE or --calls-per-minute N
            --records a --calls-per-minute 5 | which calls? Give either
            --calls-per-minute 0 | --calls-per-minute is 0.0: expected a number up to 1000000
            --calls-per-minute NaN | --calls-per-minute is NaN: expected
            --calls-per-minute 1000000 --duration 24h | at most 5000000 are planned
            --calls-per-minute 5 --scale 0 | --scale is 0.0: expected more than 0
            --calls-per-minute 5 --sidecars 0 | --sidecars is 0: expected 1 to 100000
            --calls-per-minute 5 --at yesterday | 'yesterday' is not a time such as 2026-01-31T12:00:00Z
            --calls-per-minute 5 --burstiness -1 | --burstiness is -1.0: expected
            """)
    void wrongCallsAreNamed(String options, String message) {
        var result = new Cli().run((Object[]) ("plan|../examples/plan|" + options.replace(' ', '|')).split("\\|"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @Test
    void aPlanOfNoCallsIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("one.jsonl"), """
                {"time":"2026-01-31T12:00:00Z","route":"default/chat","endpoint":"ChatCompletions","model":"gpt-4o-mini",\
                "outcome":"ok","attempts":[{"ms":900}],"durationMs":901,"usage":{"inputTokens":700,"outputTokens":70}}
                """);
        var scaled = new Cli().run("plan", EXAMPLE, "--records", file, "--scale", 0.01);
        assertThat(scaled.code()).isEqualTo(1);
        assertThat(scaled.err()).contains("--scale 0.01 leaves none of the recorded calls: there is nothing to plan");
        assertThat(scaled.out()).isEmpty();
        var rare = new Cli().run("plan", EXAMPLE, "--calls-per-minute", 2, "--burstiness", 10_000);
        assertThat(rare.code()).isEqualTo(1);
        assertThat(rare.err()).contains("chance made no call at all of this load: it needs a longer --duration");
    }

    @Test
    void whatCannotBeReadIsNamedWithItsLine() throws IOException {
        var file = Files.writeString(folder.resolve("calls.jsonl"), """
                        {"time":"yesterday","route":"default/chat","endpoint":"ChatCompletions","model":"gpt-4o-mini"}
                        {}
                        """);
        var bad = new Cli().run("plan", EXAMPLE, "--records", file);
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains(file + ":1: time is 'yesterday', expected one such as ");
        assertThat(new Cli()
                        .run("plan", EXAMPLE, "--records", folder.resolve("none"))
                        .err())
                .contains("none: there is no such file");
        var negative = Files.writeString(folder.resolve("negative.jsonl"), """
                {"time":"2026-01-31T12:00:00Z","route":"default/chat","endpoint":"ChatCompletions","model":"gpt-4o-mini",\
                "outcome":"ok","attempts":[{"ms":900}],"durationMs":901,"usage":{"inputTokens":700,"outputTokens":-700}}
                """);
        assertThat(new Cli().run("plan", EXAMPLE, "--records", negative).err())
                .contains(negative + ":1: outputTokens is -700, expected 0 or more");
        var empty = Files.writeString(folder.resolve("empty.jsonl"), "\n");
        assertThat(new Cli().run("plan", EXAMPLE, "--records", empty).err())
                .contains("holds no call that asked for a key");
        assertThat(new Cli()
                        .run("plan", folder.resolve("nowhere"), "--calls-per-minute", 1)
                        .code())
                .isEqualTo(1);
    }
}
