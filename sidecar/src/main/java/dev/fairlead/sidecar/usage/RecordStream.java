package dev.fairlead.sidecar.usage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Records on somebody else's stream. */
final class RecordStream implements RecordSink {
    private final OutputStream out;

    RecordStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] lines, int length) throws IOException {
        out.write(lines, 0, length);
        out.flush();
        // A PrintStream keeps its errors to itself; a closed pipe must not look like success.
        if (out instanceof PrintStream print && print.checkError()) {
            throw new IOException("the output stream takes no more data");
        }
    }

    @Override
    public void close() {}
}
