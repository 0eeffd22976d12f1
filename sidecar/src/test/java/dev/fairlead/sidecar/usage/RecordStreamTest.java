package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordStreamTest {
    private static final byte[] LINE = "one\nrest".getBytes(StandardCharsets.UTF_8);

    @Test
    void writesFlushesAndLeavesTheStreamOpen() throws IOException {
        boolean[] closed = {false};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

        try (RecordSink sink = RecordSink.stream(out)) {
            sink.write(LINE, 4);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void aPrintStreamThatLostItsReaderIsAnError() {
        PrintStream out = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("broken pipe");
                    }
                },
                false,
                StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RecordSink.stream(out).write(LINE, 4)).isInstanceOf(IOException.class);
    }
}
