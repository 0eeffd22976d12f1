package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/plan.md} shows is what its commands print, and what its records say. */
class PlanGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "plan.md");
    private static final Path RECORDS = Path.of("..", "examples", "what-if", "calls.jsonl");
    private static final Pattern COMMAND =
            Pattern.compile("```\n[$] bin/fairlead (plan [^\n]+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("(?:([0-9]+)m)?([0-9]+(?:[.][0-9])?)(ms|s)\\b");
    private static final Pattern NUMBER = Pattern.compile("(?<![a-z-])[0-9][0-9,]*(?:[.][0-9]+)?(?![a-z]+-)");

    record Sample(String command, String output) {
        @Override
        public String toString() {
            return command;
        }
    }

    static List<Sample> samples() throws IOException {
        return COMMAND.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> new Sample(match.group(1), match.group(2)))
                .toList();
    }

    /** The same words and lines; numbers may be off by a little where the pool has become a little better or worse since. */
    @ParameterizedTest
    @MethodSource("samples")
    void everyCommandPrintsWhatIsShown(Sample sample) {
        var words = Arrays.stream(sample.command.split(" "))
                .map(word -> word.startsWith("examples/") ? "../" + word : word)
                .toArray();
        var result = new Cli().run(words);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        var shown = lines(sample.output);
        var printed = lines(result.out());
        assertThat(printed.stream().map(PlanGuideTest::words).toList())
                .as("%s prints now:%n%s", sample.command, result.out())
                .isEqualTo(shown.stream().map(PlanGuideTest::words).toList());
        for (int i = 0; i < shown.size(); i++) {
            assertClose(numbers(shown.get(i)), numbers(printed.get(i)), sample.command, result.out());
        }
    }

    @Test
    void theSamplesAreFromRecordsWithAndWithoutAChangeAndFromAFewNumbers() throws IOException {
        assertThat(samples()).hasSize(3);
    }

    /** Sorted: rows of limits come in the order of their use, and which of two is used a little more is a matter of chance. */
    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).sorted().toList();
    }

    private static String words(String line) {
        // Which of several accounts that are used alike comes first is a matter of chance, too.
        return NUMBER.matcher(inTenths(line))
                .replaceAll("N")
                .replaceAll("first: (\\S+) of account-[abc]", "first: $1 of an account")
                .replaceAll(" +", " ");
    }

    /** Times in tenths of a second, whatever they are written in. */
    private static String inTenths(String line) {
        return TIME.matcher(line).replaceAll(time -> {
            double minutes = time.group(1) == null ? 0 : Double.parseDouble(time.group(1));
            double ms = Double.parseDouble(time.group(2)) * (time.group(3).equals("ms") ? 1 : 1_000);
            return "time of " + Math.round((minutes * 60_000 + ms) / 100);
        });
    }

    private static List<Double> numbers(String line) {
        var numbers = new ArrayList<Double>();
        NUMBER.matcher(inTenths(line))
                .results()
                .forEach(match -> numbers.add(Double.parseDouble(match.group().replace(",", ""))));
        return numbers;
    }

    private static void assertClose(List<Double> shown, List<Double> printed, String command, String all) {
        for (int i = 0; i < Math.min(shown.size(), printed.size()); i++) {
            double most = Math.max(3, shown.get(i) * 0.1);
            assertThat(printed.get(i))
                    .as("%s prints now:%n%s", command, all)
                    .isBetween(shown.get(i) - most, shown.get(i) + most);
        }
    }

    @Test
    void theRealRunIsWhatTheRecordsSay() throws IOException {
        var json = new ObjectMapper();
        var waits = new ArrayList<Double>();
        int refused = 0;
        for (var line : Files.readAllLines(RECORDS)) {
            var record = json.readTree(line);
            if (record.path("outcome").asText().equals("ok")) {
                waits.add(record.path("waitMs").asDouble() / 1_000);
            } else {
                refused++;
            }
        }
        waits.sort(null);
        int served = waits.size();
        assertThat(Files.readString(GUIDE))
                .contains(String.format(
                        Locale.ROOT,
                        "| the real run, by its records | %d | %d | %.1f s | %.1f s | %.1f s |\n",
                        served,
                        refused,
                        waits.get(served / 2),
                        waits.get(served * 99 / 100),
                        waits.get(served - 1)));
    }
}
