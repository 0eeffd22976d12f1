package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fairlead plan --what-if} says of the manifests that are tried. */
class PlanWhatIfTest {
    private static final Path EXAMPLE = Path.of("../examples/plan");

    @TempDir
    private Path folder;

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
    void whatComesOfAWhatIfIsSaidAlsoWhereEverythingHoldsWithoutIt() throws IOException {
        var half = Files.writeString(
                folder.resolve("half.yaml"), pool().replace("requestsPerMinute: 60", "requestsPerMinute: 30"));
        var table = new Cli()
                .run("plan", EXAMPLE, "--calls-per-minute", 120, "--duration", "5m", "--what-if", half)
                .out();
        assertThat(table)
                .contains("It holds: every call is answered")
                .containsPattern(
                        "\nWith half.yaml: It does not hold: [0-9]+ of [0-9]+ calls are not answered \\(keys_ex.*"
                                + "\nWhat binds first: requestsPerMinute of ");
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
}
