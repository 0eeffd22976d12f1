package dev.fairlead.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.inject.InjectionReason;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.sidecar.config.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the product can say is explained: {@code docs/troubleshooting.md} has a row for it, and none for anything else. */
class TroubleshootingTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern CODE = Pattern.compile("`([A-Za-z_]+)`");

    /** Where a call is given an error; the tables that only sort all of them use the bare names. */
    private static final Pattern EMITTED = Pattern.compile("\\bErrorCode\\.([A-Z_]+)\\b");

    /** In records alone: there is nobody to hear it. */
    private static final ErrorCode UNHEARD = ErrorCode.CLIENT_CLOSED;

    /** Where the control plane names why it does not serve somebody. */
    private static final Pattern REFUSAL =
            Pattern.compile("(?:new Refusal\\(\\s*\\d+,|new Refused\\(|forbidden\\(|refused\\()\\s*\"([a-z_0-9]+)\"");

    @Test
    void everyReasonOfAStatusHasARow() throws IOException {
        assertThat(codes("Reasons in a status"))
                .containsExactly(Stream.of(Reason.values()).map(Reason::text).toArray(String[]::new));
    }

    @Test
    void everyReasonForWhichAPodHasNoSidecarHasARow() throws IOException {
        assertThat(codes("A pod got no sidecar, or was not created"))
                .containsExactlyInAnyOrder(Stream.of(InjectionReason.values())
                        .filter(reason -> reason.outcome() != InjectionReason.Outcome.INJECT)
                        .map(InjectionReason::text)
                        .toArray(String[]::new));
    }

    @Test
    void everyRefusalOfTheConfigurationStreamHasARow() throws IOException {
        var said = new TreeSet<String>();
        for (var source : sources()) {
            REFUSAL.matcher(source).results().forEach(result -> said.add(result.group(1)));
        }
        assertThat(said).hasSizeGreaterThan(15);
        assertThat(codes("A pod does not become ready")).containsExactlyInAnyOrderElementsOf(said);
    }

    @Test
    void everyErrorThatIsExplainedElsewhereHasARow() throws IOException {
        var here = codes("A call is refused");
        assertThat(here)
                .doesNotHaveDuplicates()
                .isSubsetOf(Stream.of(ErrorCode.values())
                        .map(code -> code.name().toLowerCase(Locale.ROOT))
                        .toList());
        var concepts = Files.readString(DOCS.resolve("concepts.md"));
        for (var code : ErrorCode.values()) {
            var name = code.name().toLowerCase(Locale.ROOT);
            assertThat(here.contains(name)).as(name).isEqualTo(mentions(concepts, name));
        }
    }

    @Test
    void everyErrorThatIsGivenIsExplained() throws IOException {
        var given = new TreeSet<ErrorCode>();
        for (var module : List.of("../sidecar", "../operator")) {
            try (var files = Files.walk(Path.of(module, "src/main/java"))) {
                for (var file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    EMITTED.matcher(Files.readString(file))
                            .results()
                            .forEach(result -> given.add(ErrorCode.valueOf(result.group(1))));
                }
            }
        }
        given.remove(UNHEARD);
        assertThat(given).hasSizeGreaterThan(20);
        assertThat(codes("A call is refused"))
                .containsAll(given.stream().map(ErrorCode::code).toList());
    }

    /** {@code `subscription_required` `_pending`} is how a family is written there. */
    private static boolean mentions(String concepts, String code) {
        return concepts.contains("`" + code + "`")
                || (code.startsWith("subscription_")
                        && concepts.contains("`" + code.substring("subscription".length()) + "`"));
    }

    /** What stands in the first column of a section's table. */
    private static List<String> codes(String heading) throws IOException {
        List<String> codes = new ArrayList<>();
        boolean inside = false;
        for (var line : Files.readAllLines(DOCS.resolve("troubleshooting.md"))) {
            inside = line.startsWith("## ") ? line.equals("## " + heading) : inside;
            if (inside && line.startsWith("| `")) {
                CODE.matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .forEach(result -> codes.add(result.group(1)));
            }
        }
        return codes;
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (var room : List.of("serve", "peer")) {
            var folder = Path.of("src/main/java/dev/fairlead/operator").resolve(room);
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    for (var file : files.sorted().toList()) {
                        sources.add(Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
