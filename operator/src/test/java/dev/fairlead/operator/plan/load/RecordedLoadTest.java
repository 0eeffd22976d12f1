package dev.fairlead.operator.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.telemetry.LogfmtFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedLoadTest {
    private static final Workload WORKLOAD = new Workload("default", "Deployment/app", "default", Map.of());

    @TempDir
    private Path folder;

    /** @param more further fields, with a comma behind each */
    private Path file(String name, int second, String more) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"time":"2026-01-31T12:00:%02dZ",%s"route":"default/chat","endpoint":"ChatCompletions","model":"gpt-4o",\
                "outcome":"ok","attempts":[{"ms":900}],"durationMs":901,"usage":{"inputTokens":700,"outputTokens":50}}
                """.formatted(second, more));
    }

    private static Load load(Path... files) throws IOException {
        return new RecordedLoad(WORKLOAD).read(List.of(files), 1, 1);
    }

    @Test
    void whatTheClientSaidIsSaidAgain() throws IOException {
        var load = load(file(
                "calls.jsonl",
                1,
                "\"maxTokens\":500,\"priority\":\"Batch\",\"timeoutMs\":9000,\"affinity\":\"0123456789abcdef\","));
        assertThat(load.calls()).singleElement().satisfies(call -> {
            assertThat(call.maxTokens()).isEqualTo(500);
            assertThat(call.headers())
                    .containsOnly(
                            Map.entry("x-fairlead-priority", "Batch"),
                            Map.entry("x-fairlead-timeout-ms", "9000"),
                            Map.entry("x-fairlead-session", "0123456789abcdef"));
        });
        assertThat(load.maxTokensUnknown()).isFalse();
    }

    @Test
    void whatTheClientDidNotSayIsNotSaid() throws IOException {
        var load = load(file("calls.jsonl", 1, ""));
        assertThat(load.calls()).singleElement().satisfies(call -> {
            assertThat(call.maxTokens()).isZero();
            assertThat(call.headers()).isEmpty();
        });
        assertThat(load.maxTokensUnknown()).isTrue();
    }

    @Test
    void filesOfSeveralSidecarsAreOneLoad() throws IOException {
        var load = load(file("late.jsonl", 9, ""), file("early.jsonl", 2, ""), file("middle.jsonl", 5, ""));
        assertThat(load.calls()).extracting(PlannedCall::atMicros).containsExactly(0L, 3_000_000L, 7_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "maxTokens":-5,      | maxTokens is -5, expected 0 or more
            "timeoutMs":-1,      | timeoutMs is -1, expected 0 or more
            "priority":"urgent", | priority is 'urgent', expected Interactive, Normal or Batch
            """)
    void nonsenseIsRefusedWithItsLine(String field, String message) throws IOException {
        var file = file("calls.jsonl", 1, field);
        assertThatThrownBy(() -> load(file)).isInstanceOf(IOException.class).hasMessage(file + ":1: " + message);
    }

    /** Files that were put together without a line end between them; the last line may be one that was cut short, too. */
    @ParameterizedTest
    @ValueSource(strings = {"{two}", "{two}\n{record}", "{record}\n{two}", "{record}\n{record}{\"time\":\"2026"})
    void aSecondRecordOnALineIsNotLost(String lines) throws IOException {
        var record = Files.readString(file("one.jsonl", 1, "")).strip();
        var text = lines.replace("{two}", record + record).replace("{record}", record);
        var file = Files.writeString(folder.resolve("calls.jsonl"), text);
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":" + (lines.startsWith("{record}") ? 2 : 1)
                        + ": more than one record, expected one a line");
    }

    @Test
    void aFolderIsNoFileOfRecords() {
        assertThatThrownBy(() -> load(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": is a folder, expected a file of call records");
    }

    @Test
    void aWorkloadHasAsManySidecarsAsItsRecordsNamePods() throws IOException {
        var web = "\"namespace\":\"web\",\"pod\":\"web-%d\",";
        var load = load(
                file("a.jsonl", 1, web.formatted(1)),
                file("b.jsonl", 2, web.formatted(2)),
                file("c.jsonl", 3, ""),
                file("d.jsonl", 4, web.formatted(1)),
                file("e.jsonl", 5, ""),
                file("f.jsonl", 6, web.formatted(3)));
        assertThat(load.sidecars()).containsExactly(3, 1);
        assertThat(load.through(8).sidecars()).containsExactly(6, 2);
        assertThat(load.through(2).sidecars()).containsExactly(1, 1);
        assertThat(load.through(5).fleet()).isEqualTo(5);
        assertThatThrownBy(() -> load.through(1)).hasMessageContaining("2 workloads");
    }

    /** What {@code kubectl logs} gives of sidecars that write records to standard output. */
    @Test
    void linesOfALogAreLeftOutAndCounted() throws IOException {
        var formatter = new LogfmtFormatter(true);
        var started = formatter.format(new LogRecord(Level.INFO, "sidecar started"));
        var lost = new LogRecord(Level.WARNING, "config stream lost");
        lost.setThrown(new IllegalStateException("{\"time\":1}", new IOException("closed")));
        var trace = formatter.format(lost);
        var record = Files.readString(file("one.jsonl", 1, "\"pod\":\"chat-1\","));
        var load = load(Files.writeString(folder.resolve("log"), started + record + trace + record + started));
        assertThat(load.calls()).hasSize(2);
        assertThat(load.notes())
                .containsExactly((2 + trace.lines().count()) + " lines are of a sidecar's log; they are left out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00.123456789Z {record}",
                "[pod/chat-1/fairlead] {record}",
                "OpenJDK 64-Bit Server VM warning: something\n{record}"
            })
    void linesThatAreNeitherRecordsNorOfALogAreRefused(String lines) throws IOException {
        var record = Files.readString(file("one.jsonl", 1, ""));
        var file = Files.writeString(folder.resolve("log"), lines.replace("{record}", record) + record);
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":1: no JSON: ");
    }
}
