package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    @TempDir
    Path folder;

    private static void write(RecordSink sink, String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        sink.write(bytes, bytes.length);
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Path file = folder.resolve("records.jsonl");
        Files.writeString(file, "earlier\n");
        try (RecordSink sink = RecordSink.file(file)) {
            write(sink, "one\n");
            write(sink, "two\n");
        }
        assertThat(file).hasContent("earlier\none\ntwo\n");
    }

    @Test
    void writesOnlyTheGivenLength() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordSink sink = RecordSink.file(file)) {
            sink.write("one\nrest of a longer batch".getBytes(StandardCharsets.UTF_8), 4);
        }
        assertThat(Files.readString(file)).isEqualTo("one\n");
    }

    @Test
    void followsARotationByRenaming() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordSink sink = RecordSink.file(file)) {
            write(sink, "one\n");
            Files.move(file, folder.resolve("records.jsonl.1"));
            write(sink, "two\n");
            Files.move(file, folder.resolve("records.jsonl.2"));
            Files.createFile(file);
            write(sink, "three\n");
        }
        assertThat(folder.resolve("records.jsonl.1")).hasContent("one\n");
        assertThat(folder.resolve("records.jsonl.2")).hasContent("two\n");
        assertThat(file).hasContent("three\n");
    }

    @Test
    void followsARotationByTruncating() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordSink sink = RecordSink.file(file)) {
            write(sink, "one\n");
            Files.write(file, new byte[0]);
            write(sink, "two\n");
        }
        assertThat(Files.readString(file)).isEqualTo("two\n");
    }

    @Test
    void comesBackWhenTheFolderDoes() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path file = logs.resolve("records.jsonl");
        try (RecordSink sink = RecordSink.file(file)) {
            Files.delete(file);
            Files.delete(logs);
            assertThatThrownBy(() -> write(sink, "lost\n")).isInstanceOf(IOException.class);
            Files.createDirectory(logs);
            write(sink, "kept\n");
        }
        assertThat(file).hasContent("kept\n");
    }

    @Test
    void aPathThatCannotBeOpenedIsToldAtTheStart() {
        assertThatThrownBy(() -> RecordSink.file(folder.resolve("missing/records.jsonl")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aFullDiskIsAnError() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full").exists();
        try (RecordSink sink = RecordSink.file(full)) {
            assertThatThrownBy(() -> write(sink, "one\n")).isInstanceOf(IOException.class);
        }
    }
}
