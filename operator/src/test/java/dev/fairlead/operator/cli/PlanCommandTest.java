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
    void aWhatIfReplacesThePoolOfTheSameName() throws IOException {
        var pool = Files.readString(EXAMPLE.resolve("keypool.yaml"));
        var half = Files.writeString(
                folder.resolve("half.yaml"), pool.replace("requestsPerMinute: 60", "requestsPerMinute: 30"));
        var result = new Cli()
                .run("plan", EXAMPLE, "--calls-per-minute", 120, "--duration", "10m", "--what-if", half, "--json");
        assertThat(result.err()).isEmpty();
        var plan = new ObjectMapper().readTree(result.out());
        assertThat(plan.at("/variants/0/holds").asBoolean()).isTrue();
        assertThat(plan.at("/variants/1/name").asText()).isEqualTo("with half.yaml");
        assertThat(plan.at("/variants/1/holds").asBoolean()).isFalse();
    }

    private Cli.Result whatIf(String name, String manifest, Object... more) throws IOException {
        var file = Files.writeString(folder.resolve(name), manifest);
        var words = new ArrayList<Object>(
                List.of("plan", EXAMPLE, "--calls-per-minute", 220, "--duration", "5m", "--what-if", file, "--json"));
        words.addAll(List.of(more));
        return new Cli().run(words.toArray());
    }

    private static String pool() throws IOException {
        return Files.readString(EXAMPLE.resolve("keypool.yaml"));
    }

    private static List<String> notes(JsonNode plan) {
        var notes = new ArrayList<String>();
        plan.path("notes").forEach(note -> notes.add(note.asText()));
        return notes;
    }

    @Test
    void aKeyThatNoSecretHoldsYetIsPlannedWithAllTheSame() throws IOException {
        var result = whatIf(
                "more.yaml",
                pool().replace(
                                "  quotaGroups:",
                                "  - {name: d-1, quotaGroup: account-d, secretRef: {name: provider-keys, key: d-1}}\n"
                                        + "  quotaGroups:\n"
                                        + "  - {name: account-d, limits: [{requestsPerMinute: 60}]}"));
        var plan = new ObjectMapper().readTree(result.out());
        assertThat(plan.at("/variants/0/holds").asBoolean()).isFalse();
        assertThat(plan.at("/variants/3/name").asText()).isEqualTo("with more.yaml");
        assertThat(plan.at("/variants/3/holds").asBoolean()).isTrue();
        assertThat(notes(plan))
                .singleElement()
                .asString()
                .startsWith("With more.yaml: A made-up key stands in for one that is missing: Secret")
                .contains("has no key 'd-1'");
    }

    @Test
    void secretsThatAreMissingAltogetherAreStoodInFor() throws IOException {
        var result = whatIf("elsewhere.yaml", pool().replace("provider-keys", "not-written-yet"));
        var plan = new ObjectMapper().readTree(result.out());
        assertThat(plan.at("/variants/3/served").asInt())
                .isEqualTo(plan.at("/variants/0/served").asInt());
        assertThat(notes(plan))
                .containsExactly("With elsewhere.yaml: A made-up key stands in for one that is missing: Secret"
                        + " 'default/not-written-yet' does not exist");
    }

    @Test
    void aWhatIfWithoutLimitsIsNoBasisForAPlanEither() throws IOException {
        var result = whatIf("nolimits.yaml", pool().replaceAll("(?s)  quotaGroups:.*(?=  coordination)", ""));
        assertThat(notes(new ObjectMapper().readTree(result.out())))
                .singleElement()
                .asString()
                .startsWith("With nolimits.yaml: Pool default/accounts has no limits in its manifests");
    }

    @Test
    void aWhatIfThatChangesNothingIsSaidTo() throws IOException {
        var elsewhere = pool().replace("{name: accounts}", "{name: accounts, namespace: other}");
        assertThat(notes(new ObjectMapper()
                        .readTree(whatIf("other.yaml", elsewhere).out())))
                .anyMatch(note -> note.startsWith("other.yaml changes nothing that these calls meet"));
    }

    @Test
    void whatTheCompilerSaysOfAWhatIfIsSaid() throws IOException {
        var twice = pool().replace("key: b-1", "key: c-1");
        assertThat(whatIf("twice.yaml", twice).err())
                .contains("twice.yaml:")
                .contains("is left out: it is the same key");
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
            --calls-per-minute 5 --burstiness -1 | --burstiness is -1.0: expected
            """)
    void wrongCallsAreNamed(String options, String message) {
        var result = new Cli().run((Object[]) ("plan|../examples/plan|" + options.replace(' ', '|')).split("\\|"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
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
